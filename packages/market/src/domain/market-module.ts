import type { MarketReference } from '@gridloom/contracts'
import type { OpenTender, Side, Tender } from './tender.ts'

type PartyTender = readonly [partyId: string, tenderId: string]

export type Transaction = Readonly<{
  kind: 'TRANSACTION'
  match: number
  dtStart: number
  price: number
  quantity: number
  buy: PartyTender
  sell: PartyTender
  aggressor: Side
  /** The marketOrderIds of buyer and seller. */
  orders: readonly [buy: number, sell: number]
}>

export type AuctionFill = Readonly<{
  kind: 'AUCTION_FILL'
  clearing: number
  dtStart: number
  price: number
  quantity: number
  partyId: string
  tenderId: string
  side: Side
  /** Its marketOrderId. */
  order: number
}>

export type Clear = Readonly<
  { kind: 'CLEAR'; clearing: number; dtStart: number } & (
    | { price: null; volume: 0 }
    | { price: number; volume: number; low: number; high: number }
  )
>

export type CancelReason =
  | 'REQUESTED'
  | 'EXPIRED'
  | 'GATE_CLOSED'
  | 'SELF_TRADE'
  | 'IOC'
  | 'NOT_FILLABLE'
  | 'NOT_CARRIED'

export type Canceled = Readonly<{
  kind: 'CANCELED'
  reason: CancelReason
  partyId: string
  tenderId: string
  quantity: number
  at: number
  dtStart: number
  /** Its marketOrderId. */
  order: number
}>

export type MarketEvent = Transaction | AuctionFill | Clear | Canceled

/** The open tenders of one instrument, each side in priority order. */
export type Book = Readonly<{ bids: readonly Readonly<OpenTender>[]; asks: readonly Readonly<OpenTender>[] }>

/** The whole state of a module as JSON; `count` is its number of matches or clearings. */
export type ModuleSnapshot = Readonly<{ count: number; tenders: readonly Readonly<OpenTender>[] }>

/** The Market Modular Interface: a deterministic mechanism without I/O, clock or chance. Tenders come to it validated. */
export type MarketModule = Readonly<{
  capabilities: Readonly<Record<'allOrNone' | 'immediateOrCancel' | 'streams' | 'clear', boolean>>
  accept: (tender: Tender, now: number) => readonly MarketEvent[]
  cancel: (partyId: string, tenderIds: readonly string[], now: number) => readonly Canceled[]
  advance: (now: number) => readonly Canceled[]
  clear: (dtStart: number, now: number) => readonly [Clear, ...(AuctionFill | Canceled)[]] | 'NOT_SUPPORTED'
  instruments: () => readonly number[]
  book: (dtStart: number) => Book
  /** The open tenders of a party, in the order of acceptance. */
  idsOf: (partyId: string) => readonly string[]
  /** The instant at which the next open tender ends. */
  nextEnd: () => number | undefined
  /** The number of a trade that is made outside the book, counted with its own. */
  nextNumber: () => number
  snapshot: () => ModuleSnapshot
}>

/** Opens a market, empty or where a snapshot left it. */
export type OpenModule = (market: MarketReference, from?: ModuleSnapshot) => MarketModule

/** Says that what is left of a tender ends. */
export function canceled(tender: Tender, left: number, reason: CancelReason, at: number): Canceled {
  const { partyId, tenderId, dtStart, sequence } = tender
  return { kind: 'CANCELED', reason, partyId, tenderId, quantity: left, at, dtStart, order: sequence }
}
