/** What counts as delivered, as the request says it. */
export type DeliveryRule = Readonly<{
  /**
   * `change`: how far power moved from the baseline in the direction that was asked; `level`: how near it was to the set
   * point; `available`: how much was held ready of what was to be held.
   */
  counts: 'change' | 'level' | 'available'
  /** This part of what is asked may be missing and still counts as all of it. */
  toleranceShare: number
  /** More than asked counts up to this multiple of it; 1: not at all. */
  overshootShare: number
  /** An interval with less than this part of what was asked counts as nothing. */
  minimumShare: number
}>

/** Asked and found in one interval, mean W, export positive. Of `available`, `askedW` is what was to be held. */
export type Interval = Readonly<{
  askedW: number
  baselineW?: number | undefined
  measuredW?: number | undefined
  availableW?: number | undefined
}>

export type Delivered = Readonly<{ askedMilliWh: number; deliveredMilliWh: number }>

/** Judges one interval. What was not measured is not delivered; what is asked without a baseline is asked from zero. */
export function deliveredOf(interval: Interval, intervalSeconds: number, rule: DeliveryRule): Delivered {
  const asked = askedChange(interval, rule)
  const size = Math.abs(asked)
  const given = Math.max(givenOf(interval, asked, rule), 0)
  const full = given >= size * (1 - rule.toleranceShare) ? Math.max(given, size) : given
  const enough = given >= rule.minimumShare * size ? Math.min(full, size * Math.max(rule.overshootShare, 1)) : 0
  return { askedMilliWh: milliWh(size, intervalSeconds), deliveredMilliWh: milliWh(enough, intervalSeconds) }
}

/** Delivered against asked over many intervals, from 0 to 1; 1 when nothing was asked. */
export function performanceOf(intervals: readonly Delivered[]): number {
  const asked = intervals.reduce((sum, { askedMilliWh }) => sum + askedMilliWh, 0)
  const met = intervals.reduce((sum, one) => sum + Math.min(one.askedMilliWh, one.deliveredMilliWh), 0)
  return asked === 0 ? 1 : met / asked
}

function askedChange({ askedW, baselineW = 0 }: Interval, { counts }: DeliveryRule): number {
  return counts === 'available' ? askedW : askedW - baselineW
}

function givenOf(
  { askedW, baselineW, measuredW, availableW = 0 }: Interval,
  asked: number,
  rule: DeliveryRule,
): number {
  if (rule.counts === 'available') return availableW * Math.sign(asked)
  if (measuredW === undefined || baselineW === undefined) return 0
  if (rule.counts === 'change') return (measuredW - baselineW) * Math.sign(asked)
  return Math.abs(asked) - Math.abs(measuredW - askedW)
}

function milliWh(watts: number, seconds: number): number {
  return Math.round((watts * seconds) / 3.6)
}
