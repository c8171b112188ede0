import type { CtsReason, CtsRefusal } from '@gridloom/contracts'
import type { Remembered } from './archive.ts'
import type { LedgerEntry } from './ledger.ts'
import type { MarketEvent } from './market-module.ts'
import type { Tender } from './tender.ts'

type Result =
  | { marketOrders: readonly (readonly [tenderId: string, marketOrderId: number])[] }
  | { canceled: readonly (readonly [tenderId: string, remaining: number])[] }
  | { quantities: readonly number[] }
  | { price: number | null; volume: number }
  | { match: number }

/** What the market says to a request; `replay` marks the stored answer to a repeated one. */
export type Answer = Readonly<{ reason: CtsReason; result?: Readonly<Result>; replay?: true }>

/** An answer and what happened in the market because of the request. */
export type Outcome = Readonly<{
  answer: Answer
  events: readonly MarketEvent[]
  /** What the events put into the ledger. */
  entries?: readonly LedgerEntry[]
  /** The tenders that were opened, before they met the book. */
  opened?: readonly Tender[]
  /** The request that this is a repeat of. */
  repeats?: Remembered
}>

export function accepted(result?: Result, events: readonly MarketEvent[] = []): Outcome {
  return { answer: { reason: 'OK', ...(result && { result }) }, events }
}

export function refused(reason: CtsRefusal): Outcome {
  return { answer: { reason }, events: [] }
}
