import { z } from 'zod'
import { CtsInstant } from './instant.ts'
import { CtsId, CtsSide, CtsTenderReference } from './parts.ts'

/** One side of a committed trade; `hash` chains it to the entry before. */
export const CtsLedgerEntry = z.object({
  seq: z.int().positive(),
  match: z.int(),
  partyId: CtsId,
  counterPartyId: CtsId,
  side: CtsSide,
  dtStart: CtsInstant,
  price: z.int(),
  quantity: z.int(),
  amount: z
    .string()
    .regex(/^-?\d+$/)
    .describe('in 10^priceScale of the currency; negative: paid'),
  tenderId: CtsTenderReference,
  hash: z.string(),
})

/** `GET /ma/{marketId}/ledger`: an operator sees all, a party its own entries. */
export const CtsLedgerPage = z.object({
  entries: z.array(CtsLedgerEntry),
  next: z.int().describe('ask for what is after it'),
})

/** `GET /ma/{marketId}/messages`: what the market has for the party of the certificate, oldest first. */
export const CtsMessagePage = z.object({
  messages: z.array(z.object({ number: z.int(), message: z.looseObject({ type: z.string() }) })),
  next: z.int().describe('ask for what is after it'),
})

/** `GET /ma/{marketId}/refusals`, for operators: what callbacks have refused and their parties have not acknowledged since. */
export const CtsRefusalPage = z.object({
  refusals: z.array(
    z.object({
      number: z.int(),
      partyId: CtsId,
      status: z.int().describe('the HTTP status that the callback answered'),
      message: z.looseObject({ type: z.string() }),
    }),
  ),
  next: z.int().describe('ask for what is after it'),
})

/** `GET /ma/{marketId}/book`: price levels of every instrument with open tenders. */
export const CtsMarketBook = z.object({
  instruments: z.array(
    z.object({
      dtStart: CtsInstant,
      bids: z.array(z.object({ price: z.int(), quantity: z.int() })),
      asks: z.array(z.object({ price: z.int(), quantity: z.int() })),
    }),
  ),
})

/** `GET /ma/{marketId}/prices`: how every instrument has traded. */
export const CtsMarketPrices = z.object({
  instruments: z.array(
    z.object({
      dtStart: CtsInstant,
      first: z.int().optional(),
      high: z.int().optional(),
      low: z.int().optional(),
      last: z.int().optional(),
      volume: z.int(),
    }),
  ),
})

/** `GET /ma/{marketId}/positions`: an operator sees all parties, a party itself. */
export const CtsPositions = z.object({
  positions: z.array(z.object({ partyId: CtsId, dtStart: CtsInstant, quantity: z.int() })),
  cash: z.record(CtsId, z.string()),
})

/** `GET /ma`: the markets of this agent. */
export const CtsMarkets = z.object({
  markets: z.array(z.object({ marketId: CtsId, mechanism: z.string(), reference: z.string() })),
})

/** `GET /ma/{marketId}/trace`, for operators: every step with what came in and all that was said; `hash` chains it to the one before. */
export const CtsTracePage = z.object({
  steps: z.array(
    z.object({
      seq: z.int().positive(),
      at: z.int().describe('seconds since 1970'),
      time: CtsInstant,
      peer: z.string().describe('LFDI; "clock" for the market itself'),
      applied: z.int().describe('0: refused before it came to the market'),
      facts: z.string(),
      message: z.string().describe('as it came in'),
      reply: z.string().describe('as it was answered'),
      posted: z.string().describe('JSON list of {partyId, message}'),
      hash: z.string(),
    }),
  ),
  next: z.int(),
})
