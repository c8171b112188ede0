import { enableErrorOf, enableErrors, runSeconds, startsNotOver } from './enabling.ts'
import type { EnableError, Parameters, Slot } from './enabling.ts'
import type { Value } from './schedule.ts'

/** SchdSt. */
const states = { notReady: 1, startTimeRequired: 2, ready: 3, running: 4 } as const

type State = (typeof states)[keyof typeof states]

/** One schedule in its life: `runStart` is the start of the run while it is running, else null. */
export type Life = Readonly<{
  slot: Slot
  parameters: Parameters
  state: State
  schdEnaErr: EnableError
  runStart: number | null
}>

export type Result = 'ok' | 'failed' | 'locked' | 'value-invalid'

type Step = Readonly<{ life: Life; result: Result }>

/** What can be read of a schedule; `schdEntr` counts from 1 and is 0 when it is not running. */
export type Status = Readonly<{
  state: State
  schdEnaErr: EnableError
  schdEntr: number
  value: Value | null
  actStrTm: number | null
  nxtStrTm: number | null
}>

/** A new schedule, empty unless parameters are given. */
export function createLife(slot: Slot, parameters: Partial<Parameters> = {}): Life {
  const empty = { numEntr: 0, values: [], intervalS: 0, startTimes: [], prio: 0, reuse: false }
  return {
    slot,
    parameters: { ...empty, ...parameters },
    state: states.notReady,
    schdEnaErr: enableErrors.none,
    runStart: null,
  }
}

/** Lets time go on to `now`: start times are consumed as their runs begin, the newest wins, runs end. */
export function advance(life: Life, now: number): Life {
  if (life.state !== states.ready && life.state !== states.running) return life
  const next = Math.min(...life.parameters.startTimes)
  const end = life.runStart === null ? Infinity : life.runStart + runSeconds(life.parameters)
  if (next <= now && next <= end) return advance(begin(life, next), now)
  if (end <= now) return advance(settle({ ...life, runStart: null }), now)
  return life
}

/** EnaReq: in ready and running it is accepted without effect. */
export function enable(before: Life, now: number): Step {
  const life = advance(before, now)
  if (life.state === states.ready || life.state === states.running) return { life, result: 'ok' }
  const schdEnaErr = enableErrorOf(life.parameters, life.slot, now)
  if (schdEnaErr !== enableErrors.none) {
    return { life: { ...life, state: states.notReady, schdEnaErr }, result: 'failed' }
  }
  const parameters = { ...life.parameters, startTimes: startsNotOver(life.parameters, now) }
  return { life: advance(settle({ ...life, parameters, schdEnaErr }), now), result: 'ok' }
}

/** DsaReq: a run stops at once. */
export function disable(before: Life, now: number): Step {
  return { life: { ...advance(before, now), state: states.notReady, runStart: null }, result: 'ok' }
}

/** Writes parameters: start times in every state, the others not while ready or running. */
export function write(before: Life, change: Partial<Parameters>, now: number): Step {
  const life = advance(before, now)
  const changed = { ...life, parameters: { ...life.parameters, ...change } }
  if (change.startTimes) return writeStartTimes(life, changed, now)
  if (life.state === states.ready || life.state === states.running) return { life, result: 'locked' }
  return { life: { ...changed, state: states.notReady }, result: 'ok' }
}

/** What can be read of the schedule at `now`. */
export function statusOf(before: Life, now: number): Status {
  const { state, schdEnaErr, runStart, parameters } = advance(before, now)
  const entry = runStart === null ? -1 : Math.floor((now - runStart) / parameters.intervalS)
  const awaits = (state === states.ready || state === states.running) && parameters.startTimes.length > 0
  return {
    state,
    schdEnaErr,
    schdEntr: entry + 1,
    value: parameters.values[entry] ?? null,
    actStrTm: runStart,
    nxtStrTm: awaits ? Math.min(...parameters.startTimes) : null,
  }
}

function writeStartTimes(life: Life, changed: Life, now: number): Step {
  const isOver = startsNotOver(changed.parameters, now).length < changed.parameters.startTimes.length
  if (isOver) return { life, result: 'value-invalid' }
  if (life.state === states.notReady) return { life: changed, result: 'ok' }
  if (life.state === states.running) return { life: advance(changed, now), result: 'ok' }
  return { life: advance(settle(changed), now), result: 'ok' }
}

/** Consumes a start time; one older than the current run changes nothing. */
function begin(life: Life, start: number): Life {
  const startTimes = life.parameters.startTimes.filter((other) => other !== start)
  const runStart = Math.max(start, life.runStart ?? start)
  return { ...life, parameters: { ...life.parameters, startTimes }, state: states.running, runStart }
}

/** The state of an enabled schedule that does not run. */
function settle(life: Life): Life {
  if (life.parameters.startTimes.length > 0) return { ...life, state: states.ready }
  return { ...life, state: life.parameters.reuse ? states.startTimeRequired : states.notReady }
}
