import { z } from 'zod'
import { CtsDuration } from './instant.ts'
import { CtsId, CtsInterval, CtsResponse, CtsSide, CtsTenderReference } from './parts.ts'
import { tenderTerms } from './tender.ts'

/** The marketOrderId of a quote; its quoteId too, or that of a leg (`quoteId/streamUid`), while only one open quote has it. */
const QuoteReference = z.union([z.int(), CtsTenderReference])

const QuotePayload = z.object({
  quoteId: CtsId,
  tradeable: z.boolean().default(true).describe('false: an indication only'),
  privateQuote: z.boolean().default(false).describe('kept out of the ticker'),
  rfqId: CtsId.optional(),
  ...tenderTerms,
})
export type QuotePayload = z.infer<typeof QuotePayload>

export const EiCreateQuote = z.object({
  type: z.literal('EiCreateQuote').optional(),
  requestId: CtsId,
  partyId: CtsId,
  marketId: CtsId,
  quote: QuotePayload,
  requestPublication: z.boolean().default(true),
  requestPrivate: z.boolean().default(false),
})
export type EiCreateQuote = z.infer<typeof EiCreateQuote>

export const EiCreatedQuote = z.object({
  type: z.literal('EiCreatedQuote'),
  inResponseTo: CtsId.optional(),
  quoteId: CtsId.optional(),
  marketOrderId: z.int().optional().describe('of a quote for one interval'),
  marketOrders: z
    .array(z.object({ quoteId: CtsTenderReference, marketOrderId: z.int() }))
    .optional()
    .describe('of the legs of a stream: each is a quote by itself'),
  response: CtsResponse,
})

export const EiCancelQuote = z.object({
  type: z.literal('EiCancelQuote').optional(),
  requestId: CtsId,
  partyId: CtsId,
  marketQuoteIds: z.array(QuoteReference).min(1).max(1000),
})

export const EiCanceledQuote = z.object({
  type: z.literal('EiCanceledQuote'),
  inResponseTo: CtsId.optional(),
  canceled: z.array(
    z.object({ quoteId: CtsTenderReference, marketOrderId: z.int(), remainingQuantity: z.int(), success: z.boolean() }),
  ),
  response: CtsResponse,
})

export const EiAcceptQuote = z.object({
  type: z.literal('EiAcceptQuote').optional(),
  requestId: CtsId,
  partyId: CtsId,
  referencedQuoteId: QuoteReference,
  quantity: z.int(),
  price: z.int(),
})

export const EiAcceptedQuote = z.object({
  type: z.literal('EiAcceptedQuote'),
  inResponseTo: CtsId.optional(),
  marketTransactionId: CtsId.optional(),
  response: CtsResponse,
})

export const EiRejectQuote = z.object({
  type: z.literal('EiRejectQuote').optional(),
  requestId: CtsId,
  partyId: CtsId.optional().describe('that of the connection when absent'),
  referencedQuoteId: QuoteReference,
})

export const EiRejectedQuote = z.object({
  type: z.literal('EiRejectedQuote'),
  inResponseTo: CtsId.optional(),
  response: CtsResponse,
})

const RfqPayload = z.object({
  rfqId: CtsId,
  side: CtsSide.describe('what the asker would do'),
  boundingInterval: CtsInterval,
  duration: CtsDuration,
  quantity: z.int().positive().optional(),
  privateRfq: z.boolean().default(false).describe('told to the parties one by one, and not in the ticker'),
  tradeableOnlyResponse: z.boolean().default(false),
})

export const EiCreateRfq = z.object({
  type: z.literal('EiCreateRfq').optional(),
  requestId: CtsId,
  partyId: CtsId,
  rfq: RfqPayload,
})
export type EiCreateRfq = z.infer<typeof EiCreateRfq>

export const EiCreatedRfq = z.object({
  type: z.literal('EiCreatedRfq'),
  inResponseTo: CtsId.optional(),
  rfqId: CtsId.optional(),
  response: CtsResponse,
})
