import { isDeepStrictEqual } from 'node:util'
import type { DirectSchedule, NewSchedule, Quantity } from '@gridloom/contracts'
import { enableErrors, type Parameters } from '../domain/enabling.ts'
import { emptyParameters, enable, type Life, states, type Step, write, writeReserve } from '../domain/lifecycle.ts'
import { type Caller, refusalOf, slotsOf } from '../domain/rights.ts'
import type { Value } from '../domain/schedule.ts'
import { SchedulingError } from '../domain/scheduling-error.ts'
import type { Place } from './board.ts'
import type { Ground } from './ground.ts'

/** What somebody asks of a schedule, as a step of its life. */
export type Asked = Readonly<{
  action: 'write' | 'enable' | 'disable' | 'direct'
  step: (life: Life, now: number) => Step
  /** The priority that is written, or the schedule's own one, which becomes effective. */
  priority?: number | 'own' | undefined
  detail?: unknown
}>

export function replacing(parameters: NewSchedule): Asked {
  const given = defined(parameters)
  const whole = { ...emptyParameters, numEntr: parameters.values.length, ...given }
  const step = (life: Life, now: number): Step =>
    life.slot.isReserve ? writtenReserve(life, given, now) : write(life, whole, now)
  return { action: 'write', step, priority: whole.prio, detail: parameters }
}

export function patching(fields: Partial<Parameters>): Asked {
  const step = (life: Life, now: number): Step =>
    life.slot.isReserve ? writtenReserve(life, fields, now) : write(life, fields, now)
  return { action: 'write', step, priority: fields.prio, detail: fields }
}

/** Of a reserve schedule only the values may change: what else is said of it has to be so already. */
function writtenReserve(life: Life, { values, ...rest }: Partial<Parameters>, now: number): Step {
  const isSame = Object.entries(rest).every(([field, value]) =>
    isDeepStrictEqual(value, life.parameters[field as keyof Parameters]),
  )
  return values && isSame ? writeReserve(life, values as Value[], now) : write(life, rest, now)
}

/** One entry that begins at once; a slot that cannot be enabled so stays free. */
export function directing({ value, seconds, priority }: DirectSchedule): Asked {
  const step = (life: Life, now: number): Step => {
    const parameters = { prio: priority, values: [value], numEntr: 1, intervalS: seconds, startTimes: [now] }
    const written = write(life, { ...emptyParameters, ...parameters }, now)
    const { life: made, result } = written.result === 'ok' ? enable(written.life, now) : written
    return result === 'ok' ? { life: made, result } : { life: { ...life, schdEnaErr: made.schdEnaErr }, result }
  }
  return { action: 'direct', step, priority, detail: { value, seconds } }
}

/** Why a caller may not do it; undefined when it may. */
export function forbids(caller: Caller, place: Place, life: Life, { priority }: Asked): string | undefined {
  if (place.origin === '2030.5') return 'an IEEE 2030.5 event is its server’s to change'
  if (place.origin === 'reserve') return caller.role === 'operator' ? undefined : 'a reserve schedule is kept'
  const wanted = priority === 'own' ? life.parameters.prio : priority
  return refusalOf(caller, { ...place, priority: wanted })
}

/** A schedule of the caller's own that nobody uses or has prepared. */
export function freeSlot(ground: Ground, device: string, quantity: Quantity, caller: Caller): Place {
  const { schedules } = ground.board().controller(device, quantity)
  const ids = schedules.map(({ id }) => id)
  const own = slotsOf(caller, ids)
  if (own.length === 0) throw new SchedulingError('forbidden', `"${caller.name}" has no schedule of its own`)
  const places = own.map((id) => ground.board().place(device, quantity, id))
  const free = places.find((place) => isFree(ground.lifeAt(place)))
  if (free) return free
  throw new SchedulingError('full', `no free schedule for ${quantity} of "${device}"`)
}

function isFree({ state, parameters: { startTimes, calendars, evTrg } }: Life): boolean {
  return state === states.notReady && startTimes.length === 0 && calendars.length === 0 && !evTrg
}

/** What did not go well, in words. */
export function failureOf(place: Place, { schdEnaErr }: Life, result: Exclude<Step['result'], 'ok'>): SchedulingError {
  switch (result) {
    case 'failed':
      return notEnabled(schdEnaErr)
    case 'locked':
      return new SchedulingError('locked', `"${place.ref}" is ready or running: disable it first`)
    case 'value-invalid':
      return new SchedulingError('value-invalid', `"${place.ref}" does not take this value`)
    case 'access-denied':
      return new SchedulingError('forbidden', `"${place.ref}" is a reserve schedule: only its values may change`)
    default:
      return result satisfies never
  }
}

export function notEnabled(schdEnaErr: Life['schdEnaErr']): SchedulingError {
  return new SchedulingError('not-enabled', enableWords[schdEnaErr], { schdEnaErr })
}

const enableWords: Readonly<Record<Life['schdEnaErr'], string>> = {
  [enableErrors.none]: 'nothing is wrong',
  [enableErrors.numEntr]: 'NumEntr is not valid: above 0, at most what is allocated, and as many values',
  [enableErrors.interval]: 'SchdIntv is not valid: above 0',
  [enableErrors.values]: 'a value is missing or not finite',
  [enableErrors.valueType]: 'a value is of the wrong type',
  [enableErrors.startTime]: 'no start time whose run is not over, or more than there is room for',
  [enableErrors.other]: 'a calendar is of a kind that is not followed, or there is no room for it',
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never
}
