import { nextChange, runAt, type Run, type Schedule, type Value } from './schedule.ts'

/** A stretch of time, [from, to), with one output; all null when nothing runs. */
export type Segment = Readonly<{ from: number; to: number }> & Output

type Output = Readonly<{ value: Value | null; source: string | null; priority: number | null }>

/** From `at` on the output is `value`. */
export type Change = Readonly<{ at: number; value: Value | null }>

/**
 * The output of a controller over [from, to), without gap; the order of the schedules is the controller's list. After so many
 * steps it ends earlier.
 */
export function segmentsOf(
  schedules: readonly Schedule[],
  from: number,
  to: number,
  mostSteps = Infinity,
): readonly Segment[] {
  const segments: Segment[] = []
  let at = from
  for (let step = 0; at < to && step < mostSteps; step += 1) {
    const until = Math.min(to, ...schedules.map((schedule) => nextChange(schedule, at)))
    const output = outputAt(schedules, at)
    const last = segments.at(-1)
    const same = last?.value === output.value && last.source === output.source
    if (same) segments.pop()
    segments.push({ from: same ? last.from : at, to: until, ...output })
    at = until
  }
  return segments
}

/** The changes of value, whatever the source; the first is the value at the beginning. */
export function forecastOf(segments: readonly Segment[]): readonly Change[] {
  return segments
    .filter(({ value }, index) => index === 0 || segments[index - 1]?.value !== value)
    .map(({ from, value }) => ({ at: from, value }))
}

/** The running schedule that decides: by priority, then by the later start, then by the place in the list. */
function outputAt(schedules: readonly Schedule[], now: number): Output {
  let active: Running | undefined
  for (const schedule of schedules) {
    const run = runAt(schedule, now)
    if (run && (!active || isStronger({ schedule, run }, active))) active = { schedule, run }
  }
  if (!active) return { value: null, source: null, priority: null }
  const { schedule, run } = active
  return { value: schedule.values[run.entry] ?? null, source: schedule.id, priority: schedule.prio }
}

type Running = Readonly<{ schedule: Schedule; run: Run }>

function isStronger(one: Running, other: Running): boolean {
  if (one.schedule.prio !== other.schedule.prio) return one.schedule.prio > other.schedule.prio
  return one.run.start > other.run.start
}
