import { meanOver, type Reading } from './readings.ts'

export type Span = Readonly<{ start: number; end: number }>

/** How a baseline is made; the defaults are those of the reference page. */
export type BaselineMethod = Readonly<{
  /** Similar days that are averaged, the latest ones. */
  days: number
  /** With fewer the last intervals before the event are taken. */
  leastDays: number
  /** How far back similar days are looked for. */
  searchDays: number
  /** The hours before the event that the days are shifted to. */
  adjustmentSeconds: number
  /** Left out right before the event, where devices may already prepare for it. */
  gapSeconds: number
  /** The shift is at most this part of the rating. */
  adjustmentShare: number
  /** Intervals before the event that are averaged without similar days. */
  lastIntervals: number
}>

const usualBaseline: BaselineMethod = {
  days: 5,
  leastDays: 3,
  searchDays: 45,
  adjustmentSeconds: 7200,
  gapSeconds: 0,
  adjustmentShare: 0.5,
  lastIntervals: 3,
}

/** What a DER would have done, W per interval, and how that is known; an interval without data is undefined. */
export type Baseline = Readonly<{
  method: 'similar-days' | 'last-intervals' | 'last-readings' | 'none'
  watts: readonly (number | undefined)[]
  /** Days before the event, by how many, that were averaged. */
  days: readonly number[]
  adjustmentW: number
}>

export type BaselineQuery = Span &
  Readonly<{
    /** Of one meter, sorted by start. */
    readings: readonly Reading[]
    intervalSeconds: number
    /** Times in which the DER served anyone: no days to learn from. */
    events?: readonly Span[]
    /** Of local time, which tells working days from weekends. */
    utcOffsetSeconds?: number
    /** Bounds the adjustment; without it there is no bound. */
    ratedW?: number
  }>

const day = 86_400

/**
 * The baseline of an event: the mean of the same intervals of the last similar days (working days or weekend days without
 * an event), shifted to what the hours before the event showed; else the mean of the last intervals before the event.
 */
export function baselineOf(query: BaselineQuery, method: BaselineMethod = usualBaseline): Baseline {
  const days = similarDays(query, method)
  if (days.length < method.leastDays) return lastIntervals(query, method)
  const adjustmentW = adjustment(query, method, days)
  const watts = startsOf(query).map((from) => {
    const mean = meanOfDays(query, days, from, Math.min(from + query.intervalSeconds, query.end))
    return mean === undefined ? undefined : mean + adjustmentW
  })
  return { method: 'similar-days', watts, days, adjustmentW }
}

function startsOf({ start, end, intervalSeconds }: BaselineQuery): number[] {
  return Array.from({ length: Math.ceil((end - start) / intervalSeconds) }, (_, n) => start + n * intervalSeconds)
}

/** How many days ago, newest first. A day counts when its hours are metered and nothing was asked in them. */
function similarDays(query: BaselineQuery, { days, searchDays, adjustmentSeconds }: BaselineMethod): number[] {
  const { start, end, readings, events = [], utcOffsetSeconds = 0 } = query
  const found: number[] = []
  const isWeekend = weekend(start + utcOffsetSeconds)
  // an event of several days is compared with days before it, not with its own
  const nearest = Math.max(Math.ceil((end - start) / day), 1)
  for (let ago = nearest; ago <= searchDays && found.length < days; ago++) {
    const from = start - ago * day
    const until = end - ago * day
    if (weekend(from + utcOffsetSeconds) !== isWeekend) continue
    if (events.some((event) => event.start < until && event.end > from - adjustmentSeconds)) continue
    if (meanOver(readings, from, until) !== undefined) found.push(ago)
  }
  return found
}

/** The first of January 1970 was a Thursday. */
function weekend(localSeconds: number): boolean {
  const weekday = (Math.floor(localSeconds / day) + 4) % 7
  return weekday === 0 || weekday === 6
}

function meanOfDays({ readings }: BaselineQuery, days: readonly number[], from: number, until: number) {
  return meanOf(days.map((ago) => meanOver(readings, from - ago * day, until - ago * day)))
}

/** By how much the hours before the event lay above the same hours of the days, within its bound. */
function adjustment(query: BaselineQuery, method: BaselineMethod, days: readonly number[]): number {
  const until = query.start - method.gapSeconds
  const from = until - method.adjustmentSeconds
  if ((query.events ?? []).some((event) => event.start < until && event.end > from)) return 0
  const today = meanOver(query.readings, from, until)
  const usual = meanOfDays(query, days, from, until)
  if (today === undefined || usual === undefined) return 0
  const bound = query.ratedW === undefined ? Infinity : method.adjustmentShare * query.ratedW
  return Math.min(Math.max(today - usual, -bound), bound)
}

function lastIntervals(query: BaselineQuery, method: BaselineMethod): Baseline {
  const { readings, start, intervalSeconds, events = [] } = query
  const before = Array.from({ length: method.lastIntervals }, (_, n) => {
    const until = start - method.gapSeconds - n * intervalSeconds
    const from = until - intervalSeconds
    return events.some((event) => event.start < until && event.end > from) ? undefined : meanOver(readings, from, until)
  })
  const mean = meanOf(before)
  const watts = startsOf(query).map(() => mean)
  return { method: mean === undefined ? 'none' : 'last-intervals', watts, days: [], adjustmentW: 0 }
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length
}
