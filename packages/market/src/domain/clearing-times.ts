import type { MarketReference } from '@gridloom/contracts'
import { gateOf } from './instrument.ts'

export type ClearingSchedule = Readonly<{ beforeGateSeconds: number; everySeconds?: number | undefined }>
export type DueClearing = Readonly<{ at: number; dtStart: number }>

/** The clearings that fall into (from, to]: the last of an instrument shortly before its gate, others in even steps before that. */
export function clearingsDue(
  market: MarketReference,
  { beforeGateSeconds, everySeconds }: ClearingSchedule,
  { instruments, from, to }: Readonly<{ instruments: readonly number[]; from: number; to: number }>,
): readonly DueClearing[] {
  return instruments
    .flatMap((dtStart) => {
      const last = gateOf(market, dtStart) - beforeGateSeconds
      if (everySeconds === undefined) return [{ at: last, dtStart }]
      // counted back from the last, so that it is one of them
      const stop = Math.min(to, last)
      const first = last - Math.floor((last - from - 1) / everySeconds) * everySeconds
      const count = Math.max(Math.floor((stop - first) / everySeconds) + 1, 0)
      return Array.from({ length: count }, (_, index) => ({ at: first + index * everySeconds, dtStart }))
    })
    .filter(({ at }) => at > from && at <= to)
    .toSorted((a, b) => a.at - b.at || a.dtStart - b.dtStart)
}
