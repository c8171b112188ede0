import { addExact } from './exact.ts'
import type { AuctionFill, MarketEvent, Transaction } from './market-module.ts'
import type { Side } from './tender.ts'

export type LedgerEntry = Readonly<{
  seq: number
  match: number
  partyId: string
  counterPartyId: string
  side: Side
  dtStart: number
  price: number
  quantity: number
  amount: bigint
  tenderId: string
}>

type Trade = Omit<LedgerEntry, 'seq' | 'amount'>

/** The append-only ledger of committed trades, with the position and cash that follow from it; it begins after `earlier` entries. */
export function createLedger(marketPartyId: string, earlier: Iterable<LedgerEntry> = []) {
  const positions = new Map<string, Map<number, number>>()
  const cash = new Map<string, bigint>()
  let last = 0
  for (const entry of earlier) post(entry)

  function post(entry: LedgerEntry): LedgerEntry {
    const { partyId, dtStart, side, quantity, amount } = entry
    const position = positions.get(partyId) ?? new Map<number, number>()
    position.set(dtStart, addExact(position.get(dtStart) ?? 0, side === 'BUY' ? quantity : -quantity))
    positions.set(partyId, position)
    cash.set(partyId, (cash.get(partyId) ?? 0n) + amount)
    last = entry.seq
    return entry
  }

  function append(trade: Trade): LedgerEntry {
    const amount = BigInt(trade.price) * BigInt(trade.side === 'BUY' ? -trade.quantity : trade.quantity)
    return post({ seq: last + 1, ...trade, amount })
  }

  return {
    positions: positions as ReadonlyMap<string, ReadonlyMap<number, number>>,
    cash: cash as ReadonlyMap<string, bigint>,
    /** Enters what was traded and returns the entries; other events leave no trace here. */
    book: (events: readonly MarketEvent[]): readonly LedgerEntry[] =>
      events.flatMap((event) => tradesOf(event, marketPartyId)).map(append),
    positionOf: (partyId: string, dtStart: number): number => positions.get(partyId)?.get(dtStart) ?? 0,
    lastSeq: (): number => last,
  }
}

function tradesOf(event: MarketEvent, marketPartyId: string): Trade[] {
  switch (event.kind) {
    case 'TRANSACTION':
      return [bilateral(event, 'BUY'), bilateral(event, 'SELL')]
    case 'AUCTION_FILL':
      return [withMarket(event, marketPartyId)]
    case 'CLEAR':
    case 'CANCELED':
      return []
    default:
      return event satisfies never
  }
}

function bilateral({ match, dtStart, price, quantity, buy, sell }: Transaction, side: Side): Trade {
  const [[partyId, tenderId], [counterPartyId]] = side === 'BUY' ? [buy, sell] : [sell, buy]
  return { match, partyId, counterPartyId, side, dtStart, price, quantity, tenderId }
}

function withMarket(fill: AuctionFill, counterPartyId: string): Trade {
  const { clearing: match, partyId, side, dtStart, price, quantity, tenderId } = fill
  return { match, partyId, counterPartyId, side, dtStart, price, quantity, tenderId }
}
