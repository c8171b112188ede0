import { z } from 'zod'
import { Duration, Instant } from './instant.ts'
import { Id } from './market-reference.ts'

const Interval = z.object({ dtStart: Instant, duration: Duration })

const IntervalDetail = z.object({
  kind: z.literal('INTERVAL'),
  interval: Interval,
  price: z.int(),
  quantity: z.int(),
})

const Stream = z.object({
  streamStart: Instant,
  intervalDuration: Duration,
  intervals: z
    .array(z.object({ streamUid: z.int(), price: z.int(), quantity: z.int() }))
    .min(1)
    .refine((legs) => legs.every((leg, index) => leg.streamUid === index), 'streamUid must count 0, 1, 2, …'),
})

const TenderPayload = z.object({
  tenderId: Id,
  side: z.enum(['BUY', 'SELL']),
  tenderDetail: z.discriminatedUnion('kind', [IntervalDetail, z.object({ kind: z.literal('STREAM'), stream: Stream })]),
  expirationTime: Instant.nullish(),
  allOrNone: z.boolean().default(false),
  executionInstructions: z.enum(['', 'IOC']).default(''),
  priceScale: z.int().optional(),
  quantityScale: z.int().optional(),
  // another resource, or something that is none, is not malformed but not supported
  resourceDesignator: z.unknown().default('ENERGY'),
})

export type TenderPayload = z.infer<typeof TenderPayload>

export const RegisterParty = z.object({ requestId: Id, partyId: Id })

export const CreateTender = z.object({ requestId: Id, partyId: Id, marketId: Id, tender: TenderPayload })

export type CreateTender = z.infer<typeof CreateTender>

export const CancelTender = z.object({
  requestId: Id,
  partyId: Id,
  marketId: Id,
  tenderId: z.string().regex(/^[A-Za-z0-9._:-]{1,64}(\/\d{1,6})?$/),
})

export type CancelTender = z.infer<typeof CancelTender>

export const RequestPosition = z.object({
  requestId: Id,
  partyId: Id,
  requestorPartyId: Id.optional(),
  marketId: Id,
  boundingInterval: Interval,
})
