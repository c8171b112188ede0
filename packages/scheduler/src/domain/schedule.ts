import { nextStart, previousStart, type Starts } from './starts.ts'

/** What a schedule commands: watts, or connected or not. */
export type Value = number | boolean

/** A schedule as its controller sees it, enabled on [enabledAt, disabledAt); instants in seconds. */
export type Schedule = Readonly<{
  id: string
  prio: number
  intervalS: number
  values: readonly Value[]
  starts: Starts
  enabledAt: number
  disabledAt: number
}>

/** The run of a schedule at an instant: when it started and the entry (from 0) in force. */
export type Run = Readonly<{ start: number; entry: number }>

/** The run in force at `now`: the newest start wins, and values never shift when enabled late. */
export function runAt(schedule: Schedule, now: number): Run | undefined {
  if (now < schedule.enabledAt || now >= schedule.disabledAt) return undefined
  const start = previousStart(schedule.starts, now)
  const entry = Math.floor((now - start) / schedule.intervalS)
  return entry < schedule.values.length ? { start, entry } : undefined
}

/** The first instant after `now` at which what the schedule says may change; Infinity when there is none. */
export function nextChange(schedule: Schedule, now: number): number {
  const run = runAt(schedule, now)
  const entryEnd = run ? run.start + (run.entry + 1) * schedule.intervalS : Infinity
  const candidates = [entryEnd, nextStart(schedule.starts, now), schedule.enabledAt, schedule.disabledAt]
  return Math.min(...candidates.filter((at) => at > now))
}
