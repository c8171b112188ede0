import { allocate } from './allocation.ts'
import { crossingOf } from './auction-price.ts'
import { type AuctionFill, canceled, type Canceled, type Clear, type OpenModule } from './market-module.ts'
import { createOpenTenders } from './open-tenders.ts'
import { bySequence, type RestingTender } from './resting-tender.ts'

type Cleared = [Clear, ...(AuctionFill | Canceled)[]]

/** The periodic double auction: tenders rest until a clearing, which trades all it can at one price. */
export const openDoubleAuction: OpenModule = (market, from) => {
  const open = createOpenTenders(market, from?.tenders)
  let clearing = from?.count ?? 0

  function clear(dtStart: number, now: number): Cleared {
    clearing += 1
    const bids = open.sideOf(dtStart, 'BUY').map(offerOf)
    const asks = open.sideOf(dtStart, 'SELL').map(offerOf)
    const all = [...bids, ...asks].map(({ resting }) => resting)
    const crossing = crossingOf(bids, asks, market.tickSize)
    const head = { kind: 'CLEAR', clearing, dtStart } as const
    if (!crossing) return [{ ...head, price: null, volume: 0 }, ...sweep(all, now)]
    const fills = [...allocate(bids, crossing, market), ...allocate(asks, crossing, market)]
    const events = fills.map(({ tender, quantity }) => fill(tender.resting, quantity, crossing.price))
    return [{ ...head, ...crossing }, ...events, ...sweep(all, now)]
  }

  function fill(resting: RestingTender, quantity: number, price: number): AuctionFill {
    open.fill(resting, quantity)
    const { dtStart, partyId, tenderId, side, sequence: order } = resting.tender
    return { kind: 'AUCTION_FILL', clearing, dtStart, price, quantity, partyId, tenderId, side, order }
  }

  /** Ends the remainders that do not wait for the next clearing, in the order they were accepted. */
  function sweep(tenders: readonly RestingTender[], now: number): Canceled[] {
    const left = tenders.filter(({ remaining }) => remaining > 0).toSorted(bySequence)
    const ending = left.filter(({ tender }) => tender.immediateOrCancel || !market.carryOver)
    ending.forEach(open.remove)
    return ending.map(({ tender, remaining }) =>
      canceled(tender, remaining, tender.immediateOrCancel ? 'IOC' : 'NOT_CARRIED', now),
    )
  }

  return {
    capabilities: { allOrNone: false, immediateOrCancel: true, streams: true, clear: true },
    accept: (tender) => {
      open.add(tender, tender.quantity)
      return []
    },
    cancel: open.cancel,
    advance: open.advance,
    clear,
    instruments: open.instruments,
    book: open.book,
    idsOf: open.idsOf,
    nextEnd: open.nextEnd,
    nextNumber: () => (clearing += 1),
    snapshot: () => ({ count: clearing, tenders: open.all() }),
  }
}

function offerOf(resting: RestingTender) {
  const { side, price } = resting.tender
  return { side, price, remaining: resting.remaining, resting }
}
