import { z } from 'zod'
import { CtsInstant } from './instant.ts'
import { CtsId, CtsInterval, CtsResponse, CtsSide, CtsTenderReference } from './parts.ts'

/** A trade as one of its two parties is told; committed already when it is sent. */
export const EiCreateTransaction = z.object({
  type: z.literal('EiCreateTransaction'),
  requestId: CtsId,
  partyId: CtsId.describe('the receiver'),
  counterPartyId: CtsId,
  transaction: z.object({
    marketTransactionId: CtsId,
    match: z.int(),
    tenderId: CtsTenderReference,
    side: CtsSide.describe("the receiver's"),
    interval: CtsInterval,
    price: z.int(),
    quantity: z.int(),
    resourceDesignator: z.literal('ENERGY'),
    executedAt: CtsInstant.optional(),
  }),
})
export type EiCreateTransaction = z.infer<typeof EiCreateTransaction>

/** A receipt, not a consent; the same again for a repeat. */
export const EiCreatedTransaction = z.object({
  type: z.literal('EiCreatedTransaction').optional(),
  inResponseTo: CtsId,
  partyId: CtsId,
  counterPartyId: CtsId.optional(),
  marketTransactionId: CtsId,
  recipientTransactionId: CtsId.optional(),
  response: CtsResponse.optional(),
})

/** What a party that asks for its messages is told of a receipt, and the word for what has no reply of its own. */
export const EiAcknowledged = z.object({
  type: z.literal('EiAcknowledged'),
  inResponseTo: CtsId.optional(),
  response: CtsResponse,
})
