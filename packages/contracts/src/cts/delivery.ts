import { z } from 'zod'
import { CtsId, CtsInterval, CtsQuantityStream, CtsResponse } from './parts.ts'

/** Metered energy into the premises, in the quantity unit of the market: from the party itself, or from an operator for it. */
export const EiReportDelivery = z.object({
  type: z.literal('EiReportDelivery').optional(),
  requestId: CtsId,
  partyId: CtsId,
  marketId: CtsId,
  measurementPointId: CtsId,
  delivered: CtsQuantityStream,
})

export const EiReportedDelivery = z.object({
  type: z.literal('EiReportedDelivery'),
  inResponseTo: CtsId.optional(),
  measurementPointId: CtsId.optional(),
  response: CtsResponse,
})

export const EiRequestDelivery = z.object({
  type: z.literal('EiRequestDelivery').optional(),
  requestId: CtsId,
  partyId: CtsId,
  measurementPointId: CtsId,
  boundingInterval: CtsInterval,
})

/** What flowed, never what was bought; intervals that nobody metered are left out. */
export const EiReplyDelivery = z.object({
  type: z.literal('EiReplyDelivery'),
  inResponseTo: CtsId.optional(),
  measurementPointId: CtsId.optional(),
  boundingInterval: CtsInterval.optional(),
  delivered: z.array(z.object({ streamUid: z.int(), quantity: z.int() })).optional(),
  response: CtsResponse,
})
