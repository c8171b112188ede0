import type { MarketReference } from '@gridloom/contracts'
import type { FeedPrice } from './price-feed.ts'
import { gateOf, isInstrument } from './instrument.ts'
import type { Side } from './tender.ts'

export type DayAheadRules = Readonly<{ quantity: number; spread: number; priceDecades: number; horizonSeconds: number }>

/** A tender that another market stands behind. */
export type WholesaleTender = Readonly<{ side: Side; dtStart: number; price: number; quantity: number }>
/** What the adapter has open or has traded of an instrument. */
export type Standing = Readonly<{ position: number; open: readonly (WholesaleTender & { tenderId: string })[] }>
export type WholesalePlan = Readonly<{ cancel: readonly string[]; tender: readonly WholesaleTender[] }>

/** The tenders that the prices of another market call for, and those that they call off; what stands rightly is left in its place. */
export function planDayAhead(
  market: MarketReference,
  rules: DayAheadRules,
  {
    prices,
    now,
    standingOf,
  }: Readonly<{ prices: readonly FeedPrice[]; now: number; standingOf: (dtStart: number) => Standing }>,
): WholesalePlan {
  const cancel: string[] = []
  const tender: WholesaleTender[] = []
  for (const { dtStart, price } of spreadOver(market, prices)) {
    if (!isInstrument(market, dtStart) || now >= gateOf(market, dtStart) || dtStart > now + rules.horizonSeconds)
      continue
    const { position, open } = standingOf(dtStart)
    const wanted = wantedAt(market, rules, { dtStart, price, position })
    cancel.push(...open.filter((each) => !wanted.some((want) => isSame(want, each))).map(({ tenderId }) => tenderId))
    tender.push(...wanted.filter((want) => !open.some((each) => isSame(want, each))))
  }
  return { cancel, tender }
}

/** A price holds for every interval of the market until the next one of the feed, at most an hour. */
function spreadOver(market: MarketReference, prices: readonly FeedPrice[]): readonly FeedPrice[] {
  const sorted = prices.toSorted((a, b) => a.dtStart - b.dtStart)
  return sorted.flatMap(({ dtStart, price }, index) => {
    const next = Math.min(sorted[index + 1]?.dtStart ?? Infinity, dtStart + 3600)
    const count = Math.max(Math.floor((next - dtStart) / market.intervalSeconds), 1)
    return Array.from({ length: count }, (_, step) => ({ dtStart: dtStart + step * market.intervalSeconds, price }))
  })
}

/** It sells above and buys below the price, on the tick, and on each side as much as it has not traded yet. */
function wantedAt(
  market: MarketReference,
  { quantity, spread, priceDecades }: DayAheadRules,
  { dtStart, price, position }: Readonly<{ dtStart: number; price: number; position: number }>,
): readonly WholesaleTender[] {
  const middle = price * 10 ** priceDecades
  const { tickSize, roundLot } = market
  const sides = [
    {
      side: 'SELL',
      price: Math.ceil((middle + spread) / tickSize) * tickSize,
      quantity: quantity + Math.min(position, 0),
    },
    {
      side: 'BUY',
      price: Math.floor((middle - spread) / tickSize) * tickSize,
      quantity: quantity - Math.max(position, 0),
    },
  ] as const
  return (
    sides
      .map((each) => ({ ...each, dtStart, quantity: Math.floor(each.quantity / roundLot) * roundLot }))
      .filter((each) => each.quantity >= Math.max(market.minTenderQuantity, 1))
      .filter((each) => each.price >= market.minPrice && each.price <= market.maxPrice)
      // at no spread the two would meet each other
      .filter(
        (each, _, both) => each.side === 'SELL' || both.every((other) => other === each || other.price > each.price),
      )
  )
}

function isSame(a: WholesaleTender, b: WholesaleTender): boolean {
  return a.side === b.side && a.dtStart === b.dtStart && a.price === b.price && a.quantity === b.quantity
}
