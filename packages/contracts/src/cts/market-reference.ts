import { z } from 'zod'
import { CtsInstant } from './instant.ts'
import { CtsId } from './parts.ts'

/** What is fixed for the life of one market; instants are seconds once parsed. */
export const MarketReference = z.object({
  marketId: CtsId,
  marketPartyId: CtsId.describe('the party that the market itself acts as'),
  mechanism: z.enum(['CONTINUOUS_ORDER_BOOK', 'PERIODIC_DOUBLE_AUCTION']),
  resourceDesignator: z.literal('ENERGY'),
  resourceUnit: z.string(),
  currency: z.string(),
  priceScale: z.int(),
  quantityScale: z.int(),
  tickSize: z.int().min(1),
  roundLot: z.int().min(1),
  minTenderQuantity: z.int(),
  maxTenderQuantity: z.int(),
  minPrice: z.int(),
  maxPrice: z.int(),
  gridStart: CtsInstant,
  intervalSeconds: z.int().min(1),
  rangeStart: CtsInstant,
  rangeEnd: CtsInstant,
  gateClosureSeconds: z.int(),
  selfTrade: z.enum(['CANCEL_RESTING', 'CANCEL_INCOMING']),
  marginRule: z.enum(['TIME', 'PRO_RATA']).default('TIME'),
  carryOver: z.boolean().default(true),
})

export type MarketReference = Readonly<z.infer<typeof MarketReference>>
/** The same as it is written on the wire: instants are text. */
export type MarketReferenceText = Readonly<z.input<typeof MarketReference>>
