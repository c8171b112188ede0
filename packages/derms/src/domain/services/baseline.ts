import { baselineOf, type Baseline, type BaselineMethod } from '../settlement/baseline.ts'
import type { Reading } from '../settlement/readings.ts'
import { freeReadings, type History } from '../knowledge/history.ts'

/** What a DER would have done, interval by interval of a service; the last one repeats. */
export type ServiceBaseline = Readonly<{ from: number; method: Baseline['method']; watts: readonly (number | null)[] }>

export type BaselineSpan = Readonly<{
  start: number
  end: number
  intervalSeconds: number
  /** How much before the service is averaged where there are no days to compare with. */
  beforeSeconds: number
  ratedW: number
}>

/** The baseline of a DER for a service, from what it did of itself. */
export function serviceBaseline(history: History, span: BaselineSpan): ServiceBaseline {
  const { beforeSeconds, intervalSeconds } = span
  const lastIntervals = Math.max(Math.ceil(beforeSeconds / intervalSeconds), 1)
  const readings = freeReadings(history)
  const { method, watts } = baselineOf({ readings, ...span }, { ...usual, lastIntervals })
  if (method === 'none') return lastOf(readings, span)
  // a mean of the last intervals is the same for all of them
  const kept = method === 'similar-days' ? watts : watts.slice(0, 1)
  return { from: span.start, method, watts: kept.map((W) => W ?? null) }
}

/** The baseline of a DER that another service has moved: what it does now. */
export function presentBaseline(
  history: History,
  span: Pick<BaselineSpan, 'start' | 'beforeSeconds'>,
): ServiceBaseline {
  return lastOf(history.recent, span)
}

/** Where the last intervals were hardly metered, what was metered last goes on. */
function lastOf(
  readings: readonly Reading[],
  { start, beforeSeconds }: Pick<BaselineSpan, 'start' | 'beforeSeconds'>,
): ServiceBaseline {
  const end = readings.at(-1)?.start ?? 0
  const last = readings.filter((reading) => reading.start > end - beforeSeconds)
  const seconds = last.reduce((sum, reading) => sum + reading.seconds, 0)
  const energy = last.reduce((sum, reading) => sum + reading.watts * reading.seconds, 0)
  return seconds > 0
    ? { from: start, method: 'last-readings', watts: [energy / seconds] }
    : { from: start, method: 'none', watts: [null] }
}

const usual: Omit<BaselineMethod, 'lastIntervals'> = {
  days: 5,
  leastDays: 3,
  searchDays: 14,
  adjustmentSeconds: 7200,
  gapSeconds: 0,
  adjustmentShare: 0.5,
}

/** The baseline at a moment; undefined where nothing is known. */
export function baselineAt(
  { from, watts }: ServiceBaseline,
  time: number,
  intervalSeconds: number,
): number | undefined {
  const index = Math.min(Math.max(Math.floor((time - from) / intervalSeconds), 0), watts.length - 1)
  return watts[index] ?? undefined
}
