import { cyclicOf } from './calendar.ts'
import { enableErrorOf, enableErrors, isEventDriven, runSeconds, startsNotOver } from './enabling.ts'
import type { EnableError, Parameters, Slot } from './enabling.ts'
import type { Value } from './schedule.ts'
import { nextStart, previousStart, type Starts } from './starts.ts'

/** SchdSt. */
export const states = { notReady: 1, startTimeRequired: 2, ready: 3, running: 4 } as const

export type State = (typeof states)[keyof typeof states]

/** One schedule in its life: `runStart` is the start of the run while it is running, else null. */
export type Life = Readonly<{
  slot: Slot
  parameters: Parameters
  state: State
  schdEnaErr: EnableError
  runStart: number | null
}>

export type Result = 'ok' | 'failed' | 'locked' | 'value-invalid' | 'access-denied'

export type Step = Readonly<{ life: Life; result: Result }>

/** What can be read of a schedule; `schdEntr` counts from 1 and is 0 when it is not running. */
export type Status = Readonly<{
  state: State
  schdEnaErr: EnableError
  schdEntr: number
  value: Value | null
  actStrTm: number | null
  nxtStrTm: number | null
}>

export const emptyParameters: Parameters = {
  numEntr: 0,
  values: [],
  intervalS: 0,
  startTimes: [],
  calendars: [],
  evTrg: false,
  inSyn: '',
  prio: 0,
  reuse: false,
}

/** A new schedule, empty unless parameters are given; a reserve schedule is enabled from the first. */
export function createLife(slot: Slot, parameters: Partial<Parameters> = {}): Life {
  return {
    slot,
    parameters: { ...emptyParameters, ...parameters },
    state: slot.isReserve ? states.ready : states.notReady,
    schdEnaErr: enableErrors.none,
    runStart: null,
  }
}

/** Whether the schedule waits for a start or runs. */
export function isEnabled({ state }: Life): boolean {
  return state === states.ready || state === states.running
}

/**
 * Lets time go on to `now`, or back: start times are used up as their runs begin, the newest start wins, runs end. What comes
 * out depends on `now` alone and not on the steps towards it.
 */
export function advance(before: Life, now: number): Life {
  if (!isEnabled(before)) return before
  const life = rewound(before, now)
  const { parameters, runStart } = life
  const start = Math.max(previousStart(startsOf(life), now), runStart ?? -Infinity)
  const pending = parameters.startTimes.filter((time) => time > now)
  const isUsedUp = pending.length < parameters.startTimes.length
  const left = isUsedUp ? { ...life, parameters: { ...parameters, startTimes: pending } } : life
  if (now >= start + runSeconds(parameters)) {
    return isUsedUp || runStart !== null ? settle({ ...left, runStart: null }, true) : life
  }
  if (!isUsedUp && start === runStart) return life
  return { ...left, state: states.running, runStart: start }
}

/** The rising edge of the signal that a schedule waits for. */
export function trigger(before: Life, now: number): Life {
  const life = advance(before, now)
  if (life.state !== states.ready || !isEventDriven(life.parameters)) return life
  return { ...life, state: states.running, runStart: now }
}

/** EnaReq: in ready and running it is accepted without effect. */
export function enable(before: Life, now: number): Step {
  const life = advance(before, now)
  if (isEnabled(life)) return { life, result: 'ok' }
  const schdEnaErr = enableErrorOf(life.parameters, life.slot, now)
  if (schdEnaErr !== enableErrors.none) {
    return { life: { ...life, state: states.notReady, schdEnaErr }, result: 'failed' }
  }
  const parameters = { ...life.parameters, startTimes: startsNotOver(life.parameters, now) }
  return { life: advance(settle({ ...life, parameters, schdEnaErr }, false), now), result: 'ok' }
}

/** DsaReq: a run stops at once. */
export function disable(before: Life, now: number): Step {
  const life = advance(before, now)
  if (life.slot.isReserve) return { life, result: 'access-denied' }
  return { life: { ...life, state: states.notReady, runStart: null }, result: 'ok' }
}

/** Writes parameters: start times in every state, the others not while ready or running. */
export function write(before: Life, change: Partial<Parameters>, now: number): Step {
  const life = advance(before, now)
  if (life.slot.isReserve) return { life, result: 'access-denied' }
  const changed = { ...life, parameters: { ...life.parameters, ...change } }
  const isStartOnly = Object.keys(change).every((field) => field === 'startTimes')
  if (!isStartOnly && isEnabled(life)) return { life, result: 'locked' }
  if (change.startTimes && hasStartThatIsOver(changed.parameters, now)) return { life, result: 'value-invalid' }
  if (life.state === states.notReady) return { life: changed, result: 'ok' }
  if (!isStartOnly) return { life: { ...changed, state: states.notReady }, result: 'ok' }
  return { life: advance(life.state === states.running ? changed : settle(changed, false), now), result: 'ok' }
}

/** Gives a reserve schedule other values: all that may be changed of it, and by an operator only. */
export function writeReserve(before: Life, values: readonly Value[], now: number): Step {
  const life = advance(before, now)
  const { numEntr } = life.parameters
  const fits = values.length === numEntr && values.every((value) => isOfType(value, life.slot))
  if (!life.slot.isReserve || !fits) return { life, result: 'value-invalid' }
  return { life: { ...life, parameters: { ...life.parameters, values } }, result: 'ok' }
}

/** What can be read of the schedule at `now`. */
export function statusOf(before: Life, now: number): Status {
  const life = advance(before, now)
  const { state, schdEnaErr, runStart, parameters } = life
  const entry = entryOf(life, now)
  const next = isEnabled(life) ? nextStart(startsOf(life), now) : Infinity
  return {
    state,
    schdEnaErr,
    schdEntr: entry + 1,
    value: parameters.values[entry] ?? null,
    actStrTm: runStart,
    nxtStrTm: Number.isFinite(next) ? next : null,
  }
}

/** The entry in force, from 0, of a schedule that was brought to `now`; -1 when it is not running. */
export function entryOf({ runStart, parameters }: Life, now: number): number {
  return runStart === null ? -1 : Math.floor((now - runStart) / parameters.intervalS)
}

/** The starts that are still to come, and those of its calendars. */
export function startsOf({ parameters }: Life): Starts {
  const { startTimes: times, calendars } = parameters
  return { times, calendars: calendars.length === 0 ? [] : calendars.flatMap((setCal) => cyclicOf(setCal) ?? []) }
}

function hasStartThatIsOver(parameters: Parameters, now: number): boolean {
  return startsNotOver(parameters, now).length < parameters.startTimes.length
}

function isOfType(value: Value, { valueType }: Slot): boolean {
  return typeof value === valueType && (typeof value === 'boolean' || Number.isFinite(value))
}

/** The clock was set back before the start of the run: that start is still to come. */
function rewound(life: Life, now: number): Life {
  const { runStart, parameters } = life
  if (runStart === null || runStart <= now) return life
  const waiting = { ...life, state: states.ready, runStart: null }
  const isCyclic = previousStart({ ...startsOf(life), times: [] }, runStart) === runStart
  if (isCyclic || isEventDriven(parameters)) return waiting
  return { ...waiting, parameters: { ...parameters, startTimes: [...parameters.startTimes, runStart] } }
}

/** The state of an enabled schedule that does not run; `hasRun` when a run is just over. */
function settle(life: Life, hasRun: boolean): Life {
  const { startTimes, calendars, reuse } = life.parameters
  if (startTimes.length > 0 || calendars.length > 0) return { ...life, state: states.ready }
  if (isEventDriven(life.parameters)) return { ...life, state: hasRun && !reuse ? states.notReady : states.ready }
  return { ...life, state: reuse ? states.startTimeRequired : states.notReady }
}
