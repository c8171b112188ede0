import { z } from 'zod'
import { CtsDuration, CtsInstant } from './instant.ts'
import { CtsId, CtsInterval, CtsResponse, CtsSide, CtsTenderReference } from './parts.ts'

const IntervalDetail = z.object({
  kind: z.literal('INTERVAL'),
  interval: CtsInterval,
  price: z.int(),
  quantity: z.int(),
})

const Stream = z.object({
  streamStart: CtsInstant,
  intervalDuration: CtsDuration,
  intervals: z
    .array(z.object({ streamUid: z.int(), price: z.int(), quantity: z.int() }))
    .min(1)
    .refine((legs) => legs.every((leg, index) => leg.streamUid === index), 'streamUid must count 0, 1, 2, …'),
})

/** What a tender and a quote have in common. */
export const tenderTerms = {
  side: CtsSide,
  tenderDetail: z.discriminatedUnion('kind', [IntervalDetail, z.object({ kind: z.literal('STREAM'), stream: Stream })]),
  expirationTime: CtsInstant.nullish(),
  allOrNone: z.boolean().default(false),
  executionInstructions: z.enum(['', 'IOC']).default(''),
  priceScale: z.int().optional(),
  quantityScale: z.int().optional(),
  // another resource, or something that is none, is not malformed but not supported
  resourceDesignator: z.unknown().default('ENERGY'),
}

const TenderPayload = z.object({ tenderId: CtsId, ...tenderTerms })

export type TenderPayload = z.infer<typeof TenderPayload>

export const EiCreateTender = z.object({
  type: z.literal('EiCreateTender').optional(),
  requestId: CtsId,
  partyId: CtsId,
  counterPartyId: z.unknown().optional().describe('the marketPartyId'),
  marketId: CtsId,
  tender: TenderPayload,
})

export type EiCreateTender = z.infer<typeof EiCreateTender>

export const EiCreatedTender = z.object({
  type: z.literal('EiCreatedTender'),
  inResponseTo: CtsId.optional(),
  partyId: CtsId.optional(),
  counterPartyId: CtsId,
  tenderId: CtsId.optional(),
  marketOrders: z.array(z.object({ tenderId: CtsTenderReference, marketOrderId: z.int() })),
  response: CtsResponse,
})

export const EiCancelTender = z.object({
  type: z.literal('EiCancelTender').optional(),
  requestId: CtsId,
  partyId: CtsId,
  counterPartyId: z.unknown().optional(),
  marketId: CtsId,
  tenderId: CtsTenderReference,
})

export type EiCancelTender = z.infer<typeof EiCancelTender>

export const CtsCancelDetail = z.enum([
  'REQUESTED',
  'EXPIRED',
  'GATE_CLOSED',
  'SELF_TRADE',
  'IOC',
  'NOT_FILLABLE',
  'NOT_CARRIED',
])

/** The answer to a cancel, and without `inResponseTo` what the market says when it ends a tender by itself. */
export const EiCanceledTender = z.object({
  type: z.literal('EiCanceledTender'),
  inResponseTo: CtsId.optional(),
  partyId: CtsId.optional(),
  counterPartyId: CtsId,
  canceled: z.array(
    z.object({
      tenderId: CtsTenderReference,
      marketOrderId: z.int(),
      remainingQuantity: z.int(),
      success: z.boolean(),
      cancelReason: z.enum(['REQUESTED', 'SUPERVISORY']),
      cancelDetail: CtsCancelDetail,
    }),
  ),
  response: CtsResponse,
})
