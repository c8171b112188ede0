import {
  type CtsTicker,
  type CtsTickerType,
  formatCtsDuration,
  formatCtsInstant,
  type MarketReference,
} from '@gridloom/contracts'
import type { Outcome } from './answer.ts'
import type { MarketEvent } from './market-module.ts'
import type { Quote } from './open-quotes.ts'
import type { Rfq } from './requests-for-quotes.ts'
import type { OpenTender, Side } from './tender.ts'

type Offered = { order: number; side: Side; dtStart: number; price: number; remaining: number }
export type TickersSnapshot = Readonly<{ count: number; trades: readonly CtsTicker[] }>
type Unnumbered<T> = T extends unknown ? Omit<T, 'tickerId'> : never

// trades that a snapshot of the ticker shows
const mostTrades = 200

/** The public feed of a market, without the names of its parties. */
export function createTickers(
  market: MarketReference,
  { open, from }: Readonly<{ open: readonly Readonly<OpenTender>[]; from?: TickersSnapshot | undefined }>,
) {
  const offers = new Map<number, Offered>(open.map((tender) => [tender.sequence, offeredOf(tender)]))
  let count = from?.count ?? 0
  const trades = [...(from?.trades ?? [])]

  /** What the public is told of one step. */
  function tell({ events, opened = [] }: Pick<Outcome, 'events' | 'opened'>, now: number): readonly CtsTicker[] {
    if (events.length === 0 && opened.length === 0) return []
    for (const tender of opened) offers.set(tender.sequence, offeredOf({ ...tender, remaining: tender.quantity }))
    const changed = new Set(opened.map(({ sequence }) => sequence))
    const told = events.flatMap((event) => {
      for (const [order, quantity] of reductionsOf(event)) {
        const offer = offers.get(order)
        if (!offer) continue
        offer.remaining = quantity === 'all' ? 0 : offer.remaining - quantity
        changed.add(order)
      }
      return tradeOf(event, now) ?? []
    })
    for (const order of changed) told.push(...offerOf(order))
    const numbered = told.map(number)
    trades.push(...numbered.filter(({ tickerType }) => tickerType === 'TRANSACTIONS'))
    if (trades.length > 2 * mostTrades) trades.splice(0, trades.length - mostTrades)
    return numbered
  }

  function offerOf(order: number): Unnumbered<CtsTicker>[] {
    const offer = offers.get(order)
    if (!offer) return []
    if (offer.remaining === 0) offers.delete(order)
    return [{ tickerType: 'TENDERS', ...lineOf(offer) }]
  }

  function tradeOf(event: MarketEvent, now: number): Unnumbered<CtsTicker> | undefined {
    if (event.kind !== 'TRANSACTION' && (event.kind !== 'CLEAR' || event.price === null)) return undefined
    const isTrade = event.kind === 'TRANSACTION'
    return {
      tickerType: 'TRANSACTIONS',
      interval: intervalOf(event.dtStart),
      price: event.price,
      quantity: isTrade ? event.quantity : event.volume,
      saleTime: formatCtsInstant(now),
      ...(isTrade && { aggressorSide: event.aggressor }),
      resourceDesignator: 'ENERGY',
    }
  }

  function lineOf({ order, side, dtStart, price, remaining }: Readonly<Offered>) {
    const interval = intervalOf(dtStart)
    return { marketOrderId: order, interval, side, price, quantity: remaining, resourceDesignator: 'ENERGY' } as const
  }

  function quoteLine(quote: Readonly<Quote>): Unnumbered<CtsTicker> {
    return { tickerType: 'QUOTES', ...lineOf(quote), tradeable: quote.tradeable }
  }

  function rfqLine({ rfqId, side, boundingInterval, duration, tradeableOnlyResponse }: Rfq): Unnumbered<CtsTicker> {
    const bounds = {
      dtStart: formatCtsInstant(boundingInterval.dtStart),
      duration: formatCtsDuration(boundingInterval.duration),
    }
    return {
      tickerType: 'RFQS',
      rfqId,
      side,
      boundingInterval: bounds,
      duration: formatCtsDuration(duration),
      tradeableOnlyResponse,
    }
  }

  function intervalOf(dtStart: number) {
    return { dtStart: formatCtsInstant(dtStart), duration: formatCtsDuration(market.intervalSeconds) }
  }

  function number(line: Unnumbered<CtsTicker>): CtsTicker {
    count += 1
    return { ...line, tickerId: count }
  }

  return {
    tell,
    tellQuotes: (quotes: readonly Readonly<Quote>[]): CtsTicker[] =>
      quotes
        .filter(({ isPublic }) => isPublic)
        .map(quoteLine)
        .map(number),
    tellRfq: (rfq: Rfq): CtsTicker[] => (rfq.privateRfq ? [] : [number(rfqLine(rfq))]),
    /** The state behind a ticker, under the number of its last line. */
    snapshotOf: (
      type: CtsTickerType,
      quotes: readonly Readonly<Quote>[],
      rfqs: readonly Rfq[],
    ): readonly CtsTicker[] => {
      const at = { tickerId: count }
      switch (type) {
        case 'TRANSACTIONS':
          return trades
        case 'TENDERS':
          return [...offers.values()].map((offer) => ({ ...at, tickerType: 'TENDERS', ...lineOf(offer) }))
        case 'QUOTES':
          return quotes.filter(({ isPublic }) => isPublic).map((quote) => ({ ...at, ...quoteLine(quote) }))
        case 'RFQS':
          return rfqs.filter(({ privateRfq }) => !privateRfq).map((rfq) => ({ ...at, ...rfqLine(rfq) }))
        default:
          return type satisfies never
      }
    },
    snapshot: (): TickersSnapshot => ({ count, trades: [...trades] }),
  }
}

export type Tickers = ReturnType<typeof createTickers>

function offeredOf({ sequence, side, dtStart, price, remaining }: Readonly<OpenTender>): Offered {
  return { order: sequence, side, dtStart, price, remaining }
}

/** What an event takes off which orders. */
function reductionsOf(event: MarketEvent): readonly (readonly [order: number, quantity: number | 'all'])[] {
  switch (event.kind) {
    case 'TRANSACTION':
      return event.orders.map((order) => [order, event.quantity] as const)
    case 'AUCTION_FILL':
      return [[event.order, event.quantity]]
    case 'CANCELED':
      return [[event.order, 'all']]
    case 'CLEAR':
      return []
    default:
      return event satisfies never
  }
}
