import type { MarketReference } from '@gridloom/contracts'

/** Whether an interval of the market starts at `dtStart`: on the grid and wholly within the tradeable range. */
export function isInstrument(market: MarketReference, dtStart: number): boolean {
  const { gridStart, intervalSeconds, rangeStart, rangeEnd } = market
  if ((dtStart - gridStart) % intervalSeconds !== 0) return false
  return dtStart >= rangeStart && dtStart + intervalSeconds <= rangeEnd
}

/** The instant from which an instrument is no longer traded. */
export function gateOf(market: MarketReference, dtStart: number): number {
  return dtStart - market.gateClosureSeconds
}

/** The starts of all whole grid intervals inside a bounding interval. */
export function wholeIntervals(market: MarketReference, bounds: { dtStart: number; duration: number }): number[] {
  const { gridStart, intervalSeconds } = market
  const first = gridStart + Math.ceil((bounds.dtStart - gridStart) / intervalSeconds) * intervalSeconds
  const count = Math.floor((bounds.dtStart + bounds.duration - first) / intervalSeconds)
  return Array.from({ length: Math.max(count, 0) }, (_, index) => first + index * intervalSeconds)
}
