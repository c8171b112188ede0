import type { MarketEvent } from './market-module.ts'

/** How an instrument has traded; prices are absent until it has. */
export type SessionPrices = Readonly<{ first: number; high: number; low: number; last: number; volume: number }>
export type PricesSnapshot = readonly (readonly [dtStart: number, prices: SessionPrices])[]

/** First, highest, lowest and last price and the volume of every instrument that ever traded. */
export function createPrices(from: PricesSnapshot = []) {
  const instruments = new Map<number, SessionPrices>(from)

  function trade(dtStart: number, price: number, volume: number): void {
    const known = instruments.get(dtStart)
    instruments.set(dtStart, {
      first: known?.first ?? price,
      high: Math.max(known?.high ?? price, price),
      low: Math.min(known?.low ?? price, price),
      last: price,
      volume: (known?.volume ?? 0) + volume,
    })
  }

  return {
    book: (events: readonly MarketEvent[]): void => {
      for (const event of events) {
        if (event.kind === 'TRANSACTION') trade(event.dtStart, event.price, event.quantity)
        if (event.kind === 'CLEAR' && event.price !== null) trade(event.dtStart, event.price, event.volume)
      }
    },
    of: (dtStart: number): SessionPrices | undefined => instruments.get(dtStart),
    all: (): PricesSnapshot => [...instruments].toSorted(([a], [b]) => a - b),
  }
}

export type Prices = ReturnType<typeof createPrices>
