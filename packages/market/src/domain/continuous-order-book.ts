import { type Canceled, canceled, type OpenModule, type Transaction } from './market-module.ts'
import { createOpenTenders } from './open-tenders.ts'
import { bestOf, type PriceLevel, type PriceLevels, rankOf } from './price-levels.ts'
import type { RestingTender } from './resting-tender.ts'
import type { Side, Tender } from './tender.ts'

/** The continuous bilateral order book: price-time priority, each trade at the price of the resting tender. */
export const openContinuousOrderBook: OpenModule = (market, from) => {
  const open = createOpenTenders(market, from?.tenders)
  let match = from?.count ?? 0

  function accept(tender: Tender, now: number): readonly (Transaction | Canceled)[] {
    if (tender.allOrNone && !isFillable(tender)) return [canceled(tender, tender.quantity, 'NOT_FILLABLE', now)]
    const opposite = open.levels(tender.dtStart, oppositeOf(tender.side))
    if (opposite && crosses(tender, bestOf(opposite))) return meet(tender, opposite, now)
    if (tender.immediateOrCancel) return [canceled(tender, tender.quantity, 'IOC', now)]
    open.add(tender, tender.quantity)
    return nothing
  }

  /** Whether enough of others crosses: own tenders do not count, and end the count where they would end the match. */
  function isFillable(tender: Tender): boolean {
    let found = 0
    for (const resting of open.sideOf(tender.dtStart, oppositeOf(tender.side))) {
      if (!crosses(tender, resting.level)) break
      if (resting.tender.partyId !== tender.partyId) found += resting.remaining
      else if (market.selfTrade === 'CANCEL_INCOMING') break
      if (found >= tender.quantity) return true
    }
    return false
  }

  function meet(tender: Tender, opposite: PriceLevels, now: number): readonly (Transaction | Canceled)[] {
    const events: (Transaction | Canceled)[] = []
    let left = tender.quantity
    while (left > 0) {
      const best = bestOf(opposite)
      const resting = best?.first
      if (!resting || !crosses(tender, best)) break
      if (resting.tender.partyId !== tender.partyId) {
        const quantity = Math.min(left, resting.remaining)
        left -= quantity
        events.push(trade(tender, resting, quantity))
      } else if (market.selfTrade === 'CANCEL_RESTING') {
        events.push(canceled(resting.tender, resting.remaining, 'SELF_TRADE', now))
        open.remove(resting)
      } else {
        events.push(canceled(tender, left, 'SELF_TRADE', now))
        return events
      }
    }
    if (left > 0 && tender.immediateOrCancel) events.push(canceled(tender, left, 'IOC', now))
    else if (left > 0) open.add(tender, left)
    return events
  }

  function trade(incoming: Tender, resting: RestingTender, quantity: number): Transaction {
    const { tender } = resting
    open.fill(resting, quantity)
    match += 1
    const { dtStart, side: aggressor } = incoming
    const [buy, sell] = aggressor === 'BUY' ? [incoming, tender] : [tender, incoming]
    return {
      kind: 'TRANSACTION',
      match,
      dtStart,
      price: tender.price,
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

function crosses({ side, price }: Tender, level: PriceLevel | undefined): boolean {
  // what is best for the one side is worst for the other
  return level !== undefined && level.rank + rankOf(side, price) >= 0
}
