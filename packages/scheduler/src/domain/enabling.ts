import type { SetCal } from '@gridloom/contracts'
import { cyclicOf } from './calendar.ts'
import type { Value } from './schedule.ts'

/** SchdEnaErr: why a schedule could not be enabled. */
export const enableErrors = {
  none: 1,
  numEntr: 2,
  interval: 3,
  values: 4,
  valueType: 5,
  startTime: 6,
  other: 99,
} as const

export type EnableError = (typeof enableErrors)[keyof typeof enableErrors]

/** What a schedule can hold: given by its model, not by an operator. */
export type Slot = Readonly<{
  allocatedEntries: number
  valueType: 'number' | 'boolean'
  isReserve?: boolean
  /** How many starts its model has room for, and how many of them may be calendars; absent: as many as are given. */
  startTimes?: number
  calendars?: number
}>

/** What an operator writes; a value may be missing (null) or, until it is checked, not finite. */
export type Parameters = Readonly<{
  numEntr: number
  values: readonly (Value | null)[]
  intervalS: number
  startTimes: readonly number[]
  calendars: readonly SetCal[]
  /** Started by the rising edge of the signal that inSyn names. */
  evTrg: boolean
  inSyn: string
  prio: number
  reuse: boolean
}>

/** The checks at EnaReq in their order: the first failure is reported. */
export function enableErrorOf(parameters: Parameters, slot: Slot, now: number): EnableError {
  const { numEntr, values, intervalS, calendars } = parameters
  const used = values.slice(0, Math.max(0, numEntr))
  const allocated = Number.isInteger(numEntr) && numEntr > 0 && numEntr <= slot.allocatedEntries
  if (!allocated || used.length < numEntr) return enableErrors.numEntr
  if (used.some((value) => value === null || (typeof value === 'number' && !Number.isFinite(value)))) {
    return enableErrors.values
  }
  if (used.some((value) => typeof value !== slot.valueType)) return enableErrors.valueType
  if (!(intervalS > 0 && Number.isFinite(intervalS))) return enableErrors.interval
  if (calendars.some((setCal) => cyclicOf(setCal) === undefined)) return enableErrors.other
  if (calendars.length > (slot.calendars ?? Infinity)) return enableErrors.other
  if (calendars.length + parameters.startTimes.length > (slot.startTimes ?? Infinity)) return enableErrors.startTime
  if (!hasStart(parameters, now)) return enableErrors.startTime
  return enableErrors.none
}

// one that is kept may wait for its start time
function hasStart(parameters: Parameters, now: number): boolean {
  if (parameters.reuse || parameters.calendars.length > 0 || isEventDriven(parameters)) return true
  return startsNotOver(parameters, now).length > 0
}

export function isEventDriven({ evTrg, inSyn }: Parameters): boolean {
  return evTrg && inSyn !== ''
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
