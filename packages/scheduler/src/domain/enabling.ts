import type { Value } from './schedule.ts'

/** SchdEnaErr: why a schedule could not be enabled. */
export const enableErrors = { none: 1, numEntr: 2, interval: 3, values: 4, valueType: 5, startTime: 6 } as const

export type EnableError = (typeof enableErrors)[keyof typeof enableErrors]

/** What a schedule can hold: given by its model, not by an operator. */
export type Slot = Readonly<{ allocatedEntries: number; valueType: 'number' | 'boolean' }>

/** What an operator writes; a value may be missing (null) or, until it is checked, not finite. */
export type Parameters = Readonly<{
  numEntr: number
  values: readonly (Value | null)[]
  intervalS: number
  startTimes: readonly number[]
  prio: number
  reuse: boolean
}>

/** The checks at EnaReq in their order: the first failure is reported. */
export function enableErrorOf(parameters: Parameters, slot: Slot, now: number): EnableError {
  const { numEntr, values, intervalS, reuse } = parameters
  const used = values.slice(0, Math.max(0, numEntr))
  const allocated = Number.isInteger(numEntr) && numEntr > 0 && numEntr <= slot.allocatedEntries
  if (!allocated || used.length < numEntr) return enableErrors.numEntr
  if (used.some((value) => value === null || (typeof value === 'number' && !Number.isFinite(value)))) {
    return enableErrors.values
  }
  if (used.some((value) => typeof value !== slot.valueType)) return enableErrors.valueType
  if (!(intervalS > 0)) return enableErrors.interval
  if (!reuse && startsNotOver(parameters, now).length === 0) return enableErrors.startTime
  return enableErrors.none
}

/** The start times whose run is not over at `now`, in order of time. */
export function startsNotOver(parameters: Parameters, now: number): readonly number[] {
  const { startTimes } = parameters
  return startTimes.filter((start) => start + runSeconds(parameters) > now).toSorted((a, b) => a - b)
}

/** How long a run lasts. */
export function runSeconds({ numEntr, intervalS }: Parameters): number {
  return Math.max(0, numEntr) * Math.max(0, intervalS)
}
