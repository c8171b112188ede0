import { z } from 'zod'
import { CtsId, CtsInterval, CtsQuantityStream, CtsResponse } from './parts.ts'

export const EiRequestPosition = z.object({
  type: z.literal('EiRequestPosition').optional(),
  requestId: CtsId,
  partyId: CtsId.describe('whose position'),
  requestorPartyId: CtsId.optional(),
  marketId: CtsId,
  boundingInterval: CtsInterval,
  resourceDesignator: z.unknown().optional(),
})

/** One signed quantity for every whole grid interval inside the bounding interval. */
export const EiReplyPosition = z.object({
  type: z.literal('EiReplyPosition'),
  inResponseTo: CtsId.optional(),
  partyId: CtsId.optional(),
  requestorPartyId: CtsId.optional(),
  boundingInterval: CtsInterval.optional(),
  positions: CtsQuantityStream.optional(),
  response: CtsResponse,
})
