import { z } from 'zod'
import { Instant } from './instant.ts'

export const Id = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, 'not an id: 1 to 64 of A-Z a-z 0-9 . _ : -')

/** What is fixed for the life of one market. */
export const MarketReference = z.object({
  marketId: Id,
  marketPartyId: Id,
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
  gridStart: Instant,
  intervalSeconds: z.int().min(1),
  rangeStart: Instant,
  rangeEnd: Instant,
  gateClosureSeconds: z.int(),
  selfTrade: z.enum(['CANCEL_RESTING', 'CANCEL_INCOMING']),
  marginRule: z.enum(['TIME', 'PRO_RATA']).default('TIME'),
  carryOver: z.boolean().default(true),
})

export type MarketReference = Readonly<z.infer<typeof MarketReference>>
