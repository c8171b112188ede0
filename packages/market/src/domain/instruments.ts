import { bestOf, createPriceLevels, inPriority, type PriceLevels } from './price-levels.ts'
import type { RestingTender } from './resting-tender.ts'
import type { Side } from './tender.ts'

/** What is open for one interval. */
export type OpenInstrument = Readonly<{ dtStart: number; gate: number } & Record<Side, PriceLevels>>

/** The instruments of a market by their start. One whose tenders are all gone stays until its gate is passed or asked for. */
export function createInstruments(gateOf: (dtStart: number) => number) {
  const byStart = new Map<number, OpenInstrument>()
  // falling by gate: the next to close stands at the end
  const closing: OpenInstrument[] = []

  function open(dtStart: number): OpenInstrument {
    const found = byStart.get(dtStart)
    if (found) return found
    const instrument = { dtStart, gate: gateOf(dtStart), BUY: createPriceLevels(), SELL: createPriceLevels() }
    byStart.set(dtStart, instrument)
    const later = closing.findLastIndex(({ gate }) => gate > instrument.gate)
    closing.splice(later + 1, 0, instrument)
    return instrument
  }

  /** The instrument that closes next of those with open tenders. */
  function next(): OpenInstrument | undefined {
    for (let instrument = closing.at(-1); instrument; instrument = closing.at(-1)) {
      if (!isEmpty(instrument)) return instrument
      closing.pop()
      byStart.delete(instrument.dtStart)
    }
    return undefined
  }

  return {
    open,
    next,
    of: (dtStart: number): OpenInstrument | undefined => byStart.get(dtStart),
    /** The starts of those with open tenders, rising. */
    starts: (): number[] =>
      closing
        .filter((instrument) => !isEmpty(instrument))
        .map(({ dtStart }) => dtStart)
        .toSorted((a, b) => a - b),
  }
}

/** Both sides of an instrument, each in priority order. */
export function tendersOf({ BUY, SELL }: OpenInstrument): RestingTender[] {
  return [...inPriority(BUY), ...inPriority(SELL)]
}

function isEmpty({ BUY, SELL }: OpenInstrument): boolean {
  return !bestOf(BUY) && !bestOf(SELL)
}
