import { formatCtsInstant, ctsResponseCodeOf } from '@gridloom/contracts'
import type { Answer } from './answer.ts'
import type { LedgerEntry } from './ledger.ts'
import type { MarketAgent } from './market-agent.ts'
import type { MarketEvent } from './market-module.ts'
import type { OpenTender } from './tender.ts'

export function responseOf(step: number, { reason, result, replay }: Answer) {
  return { step, responseCode: ctsResponseCodeOf[reason], reason, ...result, ...(replay && { replay }) }
}

/** An event as vectors have it: the numbers of the orders are for the wire alone. */
export function eventOf(step: number, event: MarketEvent) {
  if (event.kind === 'CANCELED') {
    const { kind, reason, partyId, tenderId, quantity, at } = event
    return { step, kind, reason, partyId, tenderId, quantity, at: formatCtsInstant(at) }
  }
  const { order: _order, orders: _orders, ...told } = { order: 0, orders: [], ...event }
  return { step, ...told, dtStart: formatCtsInstant(event.dtStart) }
}

export function bookOf({ instruments, book }: MarketAgent) {
  return instruments().map((dtStart) => {
    const { bids, asks } = book(dtStart)
    return { dtStart: formatCtsInstant(dtStart), bids: bids.map(rowOf), asks: asks.map(rowOf) }
  })
}

function rowOf({ partyId, tenderId, price, remaining }: Readonly<OpenTender>) {
  return [partyId, tenderId, price, remaining] as const
}

/** One row for every party and instrument that ever traded, by party and then by start. */
export function positionsOf({ ledger: { positions } }: MarketAgent) {
  return sortedKeys(positions).flatMap((partyId) =>
    [...(positions.get(partyId) ?? [])]
      .toSorted(([a], [b]) => a - b)
      .map(([dtStart, quantity]) => [partyId, formatCtsInstant(dtStart), quantity] as const),
  )
}

export function ledgerOf(entries: readonly LedgerEntry[]) {
  return entries.map((entry) => {
    return { ...entry, dtStart: formatCtsInstant(entry.dtStart), amount: String(entry.amount) }
  })
}

export function cashOf({ ledger: { cash } }: MarketAgent): Readonly<Record<string, string>> {
  return Object.fromEntries(sortedKeys(cash).map((partyId) => [partyId, String(cash.get(partyId))]))
}

// by code unit: what a sorted list of ids is must not depend on a locale
function sortedKeys(map: ReadonlyMap<string, unknown>): string[] {
  return [...map.keys()].toSorted((a, b) => (a < b ? -1 : 1))
}
