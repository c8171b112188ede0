import { allocate } from './allocation.ts'
import { crossingOf } from './auction-price.ts'
import { type AuctionFill, canceled, type Canceled, type Clear, type OpenModule } from './market-module.ts'
import { createOpenTenders } from './open-tenders.ts'
import { restingTender, type RestingTender } from './resting-tender.ts'

type Cleared = [Clear, ...(AuctionFill | Canceled)[]]

/** The periodic double auction: tenders rest until a clearing, which trades all it can at one price. */
export const openDoubleAuction: OpenModule = (market, from) => {
  const open = createOpenTenders(from?.tenders)
  let clearing = from?.count ?? 0

  function clear(dtStart: number, now: number): Cleared {
    clearing += 1
    const bids = [...(open.side(dtStart, 'BUY') ?? [])]
    const asks = [...(open.side(dtStart, 'SELL') ?? [])]
    const crossing = crossingOf(bids, asks, market.tickSize)
    const head = { kind: 'CLEAR', clearing, dtStart } as const
    if (!crossing) return [{ ...head, price: null, volume: 0 }, ...sweep([...bids, ...asks], now)]
    const fills = [...allocate(bids, crossing, market), ...allocate(asks, crossing, market)]
    const events = fills.map(({ tender, quantity }) => fill(tender, quantity, crossing.price))
    return [{ ...head, ...crossing }, ...events, ...sweep([...bids, ...asks], now)]
  }

  function fill(tender: RestingTender, quantity: number, price: number): AuctionFill {
    open.fill(tender, quantity)
    const { dtStart, partyId, tenderId, side, sequence: order } = tender
    return { kind: 'AUCTION_FILL', clearing, dtStart, price, quantity, partyId, tenderId, side, order }
  }

  /** Ends the remainders that do not wait for the next clearing, in the order they were accepted. */
  function sweep(tenders: readonly RestingTender[], now: number): Canceled[] {
    const left = tenders.filter(({ remaining }) => remaining > 0).toSorted((a, b) => a.sequence - b.sequence)
    const ending = left.filter(({ immediateOrCancel }) => immediateOrCancel || !market.carryOver)
    ending.forEach(open.remove)
    return ending.map((tender) => canceled(tender, tender.immediateOrCancel ? 'IOC' : 'NOT_CARRIED', now))
  }

  return {
    capabilities: { allOrNone: false, immediateOrCancel: true, streams: true, clear: true },
    accept: (tender) => {
      open.add(restingTender(tender, tender.quantity))
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
