import { type Canceled, canceled, type OpenModule, type Transaction } from './market-module.ts'
import { createOpenTenders } from './open-tenders.ts'
import { restingTender, type RestingTender } from './resting-tender.ts'
import type { Side, Tender } from './tender.ts'

/** The continuous bilateral order book: price-time priority, each trade at the price of the resting tender. */
export const openContinuousOrderBook: OpenModule = (market, from) => {
  const open = createOpenTenders(from?.tenders)
  let match = from?.count ?? 0

  function accept(tender: Tender, now: number) {
    const incoming = restingTender(tender, tender.quantity)
    if (tender.allOrNone && !isFillable(incoming)) return [canceled(incoming, 'NOT_FILLABLE', now)]
    const events = meet(incoming, now)
    if (incoming.remaining === 0) return events
    if (tender.immediateOrCancel) return [...events, canceled(incoming, 'IOC', now)]
    open.add(incoming)
    return events
  }

  /** Whether enough of others crosses: own tenders do not count, and end the count where they would end the match. */
  function isFillable(incoming: RestingTender): boolean {
    let found = 0
    for (const resting of open.side(incoming.dtStart, oppositeOf(incoming.side)) ?? []) {
      if (!crosses(incoming, resting)) break
      if (resting.partyId !== incoming.partyId) found += resting.remaining
      else if (market.selfTrade === 'CANCEL_INCOMING') break
      if (found >= incoming.quantity) return true
    }
    return false
  }

  function meet(incoming: RestingTender, now: number): readonly (Transaction | Canceled)[] {
    let events: (Transaction | Canceled)[] | undefined
    const opposite = open.side(incoming.dtStart, oppositeOf(incoming.side))
    while (incoming.remaining > 0) {
      const resting = opposite?.best()
      if (!resting || !crosses(incoming, resting)) break
      const event = resting.partyId === incoming.partyId ? selfTrade(incoming, resting, now) : trade(incoming, resting)
      if (events) events.push(event)
      else events = [event]
    }
    return events ?? nothing
  }

  function selfTrade(incoming: RestingTender, resting: RestingTender, now: number): Canceled {
    if (market.selfTrade === 'CANCEL_RESTING') {
      open.remove(resting)
      return canceled(resting, 'SELF_TRADE', now)
    }
    const event = canceled(incoming, 'SELF_TRADE', now)
    incoming.remaining = 0
    return event
  }

  function trade(incoming: RestingTender, resting: RestingTender): Transaction {
    const quantity = Math.min(incoming.remaining, resting.remaining)
    incoming.remaining -= quantity
    open.fill(resting, quantity)
    match += 1
    const { dtStart, side: aggressor } = incoming
    const [buy, sell] = aggressor === 'BUY' ? [incoming, resting] : [resting, incoming]
    return {
      kind: 'TRANSACTION',
      match,
      dtStart,
      price: resting.price,
      quantity,
      buy: [buy.partyId, buy.tenderId],
      sell: [sell.partyId, sell.tenderId],
      aggressor,
      orders: [buy.sequence, sell.sequence],
    }
  }

  return {
    capabilities: { allOrNone: true, immediateOrCancel: true, streams: true, clear: false },
    accept,
    cancel: open.cancel,
    advance: open.advance,
    clear: () => 'NOT_SUPPORTED',
    instruments: open.instruments,
    book: open.book,
    idsOf: open.idsOf,
    nextEnd: open.nextEnd,
    nextNumber: () => (match += 1),
    snapshot: () => ({ count: match, tenders: open.all() }),
  }
}

// most tenders meet nobody: they share one empty list
const nothing: readonly never[] = []

function oppositeOf(side: Side): Side {
  return side === 'BUY' ? 'SELL' : 'BUY'
}

function crosses(incoming: RestingTender, resting: RestingTender): boolean {
  return incoming.side === 'BUY' ? resting.price <= incoming.price : resting.price >= incoming.price
}
