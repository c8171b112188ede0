/** Some energy and the price at which it is still wanted: into the premises above zero, out of them below. */
export type Block = Readonly<{ quantity: number; price: number }>

/** What an agent wants of one instrument in all: blocks of one sign, the most wanted first. Quantities need not be whole. */
export type Wish = Readonly<{
  dtStart: number
  blocks: readonly Block[]
  /** At which it parts with what it holds beyond that. */
  releasePrice: number
}>

/** The rules of a market that a plan keeps. */
export type Rules = Readonly<{
  intervalSeconds: number
  gateClosureSeconds: number
  gridStart: number
  rangeStart: number
  rangeEnd: number
  roundLot: number
  minTenderQuantity: number
  maxTenderQuantity: number
  minPrice: number
  maxPrice: number
  tickSize: number
  /** A unit of quantity is 10^quantityScale Wh. */
  quantityScale: number
}>

export function needOf({ blocks }: Wish): number {
  return blocks.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** The instant from which an instrument is no longer traded. */
export function gateOf({ gateClosureSeconds }: Rules, dtStart: number): number {
  return dtStart - gateClosureSeconds
}

/** The starts of the next instruments that are still traded. */
export function openInstruments(rules: Rules, now: number, count: number): number[] {
  const { gridStart, intervalSeconds, gateClosureSeconds, rangeStart, rangeEnd } = rules
  const earliest = Math.max(now + gateClosureSeconds + 1, rangeStart)
  const first = gridStart + Math.ceil((earliest - gridStart) / intervalSeconds) * intervalSeconds
  const most = Math.floor((rangeEnd - first) / intervalSeconds)
  return Array.from({ length: Math.max(0, Math.min(count, most)) }, (_, index) => first + index * intervalSeconds)
}

/** The start of the interval that an instant lies in. */
export function intervalAt({ gridStart, intervalSeconds }: Rules, instant: number): number {
  return gridStart + Math.floor((instant - gridStart) / intervalSeconds) * intervalSeconds
}

/** Energy of a power that holds for a whole interval, in units of the market. */
export function quantityOf({ intervalSeconds, quantityScale }: Rules, watts: number): number {
  return (watts * intervalSeconds) / 3600 / 10 ** quantityScale
}
