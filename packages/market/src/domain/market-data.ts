import {
  type CtsInstrumentData,
  formatCtsDuration,
  formatCtsInstant,
  type MarketReference,
  type MarketReferenceText,
} from '@gridloom/contracts'
import { gateOf, isInstrument, wholeIntervals } from './instrument.ts'
import type { MarketAgent } from './market-agent.ts'
import type { Prices } from './prices.ts'
import type { OpenTender } from './tender.ts'

export type Asked = Readonly<{ instrumentSummaryType: 'SESSION' | 'BOOK'; marketDepth: number }>

/** The reference data of a market as it is written. */
export function referenceText(market: MarketReference): MarketReferenceText {
  const [gridStart, rangeStart, rangeEnd] = [market.gridStart, market.rangeStart, market.rangeEnd].map(formatCtsInstant)
  return { ...market, gridStart: gridStart ?? '', rangeStart: rangeStart ?? '', rangeEnd: rangeEnd ?? '' }
}

/** A market of this project has one segment. */
export function segmentsOf(market: MarketReference, now: number) {
  return [
    {
      segmentId: 'all',
      segmentStatus: isOpen(market, now) ? 'ACTIVE' : 'INACTIVE',
      resourceDesignator: 'ENERGY',
      intervalDuration: formatCtsDuration(market.intervalSeconds),
      streamTrading: 'PERMITTED',
      negotiationType: 'AS_REQUESTED',
    } as const,
  ]
}

/** One session, from the first message to the gate of the last instrument. */
export function sessionsOf(market: MarketReference, now: number) {
  const sessionEnd = lastGateOf(market)
  return [
    {
      sessionId: 'all',
      sessionStatus: isOpen(market, now) ? 'OPEN' : 'CLOSED',
      sessionStart: formatCtsInstant(market.rangeStart),
      sessionEnd: formatCtsInstant(sessionEnd),
    } as const,
  ]
}

function isOpen(market: MarketReference, now: number): boolean {
  return now < lastGateOf(market)
}

function lastGateOf(market: MarketReference): number {
  const { gridStart, intervalSeconds, rangeEnd } = market
  const lastStart = gridStart + (Math.floor((rangeEnd - gridStart) / intervalSeconds) - 1) * intervalSeconds
  return gateOf(market, lastStart)
}

/** The instruments that start and end inside a bounding interval. */
export function instrumentsIn(
  market: MarketReference,
  bounds: { dtStart: number; duration: number },
): readonly number[] {
  const dtStart = Math.max(bounds.dtStart, market.rangeStart)
  const end = Math.min(bounds.dtStart + bounds.duration, market.rangeEnd)
  return wholeIntervals(market, { dtStart, duration: end - dtStart }).filter((start) => isInstrument(market, start))
}

/** How an instrument traded, or its book level by level. */
export function instrumentData(
  { market, agent, prices }: Readonly<{ market: MarketReference; agent: MarketAgent; prices: Prices }>,
  dtStart: number,
  { instrumentSummaryType, marketDepth }: Asked,
): CtsInstrumentData {
  const interval = { dtStart: formatCtsInstant(dtStart), duration: formatCtsDuration(market.intervalSeconds) }
  if (instrumentSummaryType === 'SESSION') return { interval, session: prices.of(dtStart) ?? { volume: 0 } }
  const { bids, asks } = agent.book(dtStart)
  return { interval, book: [bids, asks].flatMap((side) => levelsOf(side).slice(0, marketDepth)) }
}

/** What is on offer at each price, in priority order. */
export function levelsOf(side: readonly Readonly<OpenTender>[]) {
  const byPrice = Map.groupBy(side, ({ price }) => price)
  return [...byPrice].flatMap(([price, tenders]) => {
    const quantity = tenders.reduce((sum, { remaining }) => sum + remaining, 0)
    return tenders.slice(0, 1).map((first) => ({ side: first.side, price, quantity }))
  })
}
