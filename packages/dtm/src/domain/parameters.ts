export const categories = ['identity', 'format', 'timing', 'protocol', 'physics', 'availability'] as const
export type Category = (typeof categories)[number]

export const severities = ['info', 'minor', 'moderate', 'major', 'critical'] as const
export type Severity = (typeof severities)[number]

/** 0 normal, 1 watch, 2 suspect, 3 distrusted, 4 blocked. */
export type Level = 0 | 1 | 2 | 3 | 4

/** What the trust model is tuned by (§3); masses have no unit, times are seconds. */
export type TrustParameters = Readonly<{
  /** W: how much evidence the prior is worth. */
  priorWeight: number
  goodHalfLife: number
  badHalfLife: number
  /** Caps: a long good past cannot hide a later change. */
  goodCap: number
  badCap: number
  severityWeight: Readonly<Record<Severity, number>>
  /** The least level at once, whatever the score says. */
  severityFloor: Readonly<Record<Severity, Level>>
  /** Theta1 to Theta4: the effective trust below which level 1, 2, 3, 4 begins. */
  thresholds: readonly [number, number, number, number]
  /** Below this certainty the score alone sets no level. */
  leastCertainty: number
  hysteresis: number
  /** Clean messages in a row, and seconds at a level, before it is stepped down. */
  goodRun: number
  dwell: number
  /** So many anomalous messages within so many seconds are at least this level. */
  bursts: readonly Readonly<{ count: number; within: number; floor: Level }>[]
  leastDiscount: number
  /** The discount of good evidence that a subject gives of itself. */
  selfDiscount: number
}>

export const defaults: TrustParameters = {
  priorWeight: 2,
  goodHalfLife: 172_800,
  badHalfLife: 345_600,
  goodCap: 98,
  badCap: 100,
  severityWeight: { info: 0, minor: 1, moderate: 4, major: 10, critical: 30 },
  severityFloor: { info: 0, minor: 0, moderate: 0, major: 2, critical: 4 },
  thresholds: [0.7, 0.5, 0.3, 0.15],
  leastCertainty: 0.6,
  hysteresis: 0.05,
  goodRun: 20,
  dwell: 600,
  bursts: [
    { count: 5, within: 300, floor: 2 },
    { count: 20, within: 300, floor: 3 },
  ],
  leastDiscount: 0.1,
  selfDiscount: 0.5,
}

/** The base rate `a` of a subject without evidence: what is registered starts even, what is not starts low. */
export const baseRates = { registered: 0.5, unknown: 0.1 } as const
