import type {
  ControllerView,
  DeviceSchedule,
  DirectSchedule,
  MappedEvent,
  NewSchedule,
  Quantity,
  ScheduleForecast,
  ScheduleOutput,
  ScheduleView,
} from '@gridloom/contracts'
import type { Clock } from '@gridloom/kit'
import { forecastOf, segmentsOf } from '../domain/controller.ts'
import { enableErrorOf, enableErrors, type Parameters } from '../domain/enabling.ts'
import { createEngine, type Engine, type Output, type Placed } from '../domain/engine/engine.ts'
import {
  advance,
  createLife,
  disable,
  emptyParameters,
  enable,
  type Life,
  states,
  type Step,
  write,
  writeReserve,
} from '../domain/lifecycle.ts'
import { type Caller, refusalOf, slotsOf } from '../domain/rights.ts'
import type { Schedule, Value } from '../domain/schedule.ts'
import { SchedulingError } from '../domain/scheduling-error.ts'
import { lifeFrom, type Stored, storedOf } from '../domain/stored.ts'
import type { AuditEntry, ScheduleStore } from '../store/schedules.ts'
import { type Board, type Place, placeOf } from './board.ts'
import { createFollowed, type Followed } from './followed.ts'
import { inTurns } from './in-turns.ts'
import { outputViewOf, viewOf } from './views.ts'

/** What is told as it happens. */
export type SchedulingEvent = Readonly<
  | { kind: 'output'; output: ScheduleOutput; isRepeat: boolean }
  | { kind: 'state'; schedule: ScheduleView }
  | { kind: 'error'; device: string; at: number; message: string | null }
>

/** Names a schedule. */
export type Key = Readonly<{ device: string; quantity: Quantity; id: string }>

/** All that can be asked of the schedules, by whatever way it comes: each way knows who asks. */
export type Scheduling = Readonly<{
  board(): Board
  now(): number
  view(key: Key): ScheduleView
  views(device: string, quantity: Quantity): readonly ScheduleView[]
  controller(device: string, quantity: Quantity): ControllerView
  output(device: string, quantity: Quantity): ScheduleOutput
  outputs(device: string): readonly ScheduleOutput[]
  forecast(device: string, quantity: Quantity, span: { from: number; to: number }): ScheduleForecast
  replace(key: Key, parameters: NewSchedule, caller: Caller): Promise<ScheduleView>
  patch(key: Key, change: Partial<Parameters>, caller: Caller): Promise<ScheduleView>
  validate(key: Key): ScheduleView
  enable(key: Key, caller: Caller): Promise<ScheduleView>
  disable(key: Key, caller: Caller): Promise<ScheduleView>
  direct(device: string, quantity: Quantity, order: DirectSchedule, caller: Caller): Promise<ScheduleView>
  /** The rising edge of a signal; how many schedules it started. */
  signal(name: string, caller: Caller): Promise<number>
  /** Takes over what a DCM decided for a device. */
  follow(decided: DeviceSchedule): Promise<void>
  followed(device: string): readonly MappedEvent[]
  /** Goes on with another reading of the SCL file. */
  reload(board: Board, caller: Caller): Promise<void>
  /** Lets time go on. */
  tick(): void
  /** Says all outputs again. */
  repeat(): void
  /** Tells of a device's alarm, or with null of its end. */
  alarm(device: string, message: string | null): void
  listen(listener: (event: SchedulingEvent) => void): Disposable
  audit(limit: number): readonly AuditEntry[]
}>

export function createScheduling(first: Board, store: ScheduleStore, clock: Clock): Scheduling {
  const listeners = new Set<(event: SchedulingEvent) => void>()
  const inTurn = inTurns()
  let board = first
  let engine = createEngine()
  let followed: Followed = createFollowed()

  const now = (): number => clock.now()
  const tell = (event: SchedulingEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const shown = (output: Output): ScheduleOutput => {
    const owner = board.ownerOf(output.controller)
    if (!owner) throw new Error(`no device has the controller "${output.controller}"`)
    return outputViewOf(output, owner, now())
  }
  /** Tells what changed, in states and in outputs. */
  const announce = (outputs: readonly Output[]): void => {
    for (const ref of engine.moved()) {
      const place = placeBy(ref)
      if (place) tell({ kind: 'state', schedule: viewAt(place) })
    }
    for (const output of outputs) {
      if (output.source !== null) followed.decides(output.source)
      tell({ kind: 'output', output: shown(output), isRepeat: false })
    }
  }
  const placeBy = (ref: string): Place | undefined => {
    const mapped = followed.placeOf(ref)
    if (mapped) return mapped
    for (const { name, controllers } of board.devices) {
      for (const controller of controllers.values()) {
        const schedule = controller.schedules.find((one) => one.ref === ref)
        if (schedule) return placeOf(schedule, controller, name)
      }
    }
    return undefined
  }
  const placed = ({ device, quantity, id }: Key): Place =>
    followed.find(device, quantity, id) ?? board.place(device, quantity, id)
  const lifeAt = ({ ref }: Place): Life => {
    const life = engine.life(ref)
    if (!life) throw new Error(`no schedule "${ref}"`)
    return advance(life, now())
  }
  const viewAt = (place: Place): ScheduleView => {
    const isActive = engine.outputOf(place.controller)?.source === place.ref
    return viewOf(place, lifeAt(place), { now: now(), isActive })
  }

  /** Checks the right to it, decides, makes it durable, and only then lets it act. */
  const change = (key: Key, caller: Caller, asked: Asked): Promise<ScheduleView> =>
    inTurn(async () => {
      const place = placed(key)
      await permit(place, caller, asked)
      const before = lifeAt(place)
      const { life, result } = asked.step(before, now())
      const changes = life === before ? [] : [storedOf(place.ref, life)]
      await store.save(changes, [entry(caller, asked, place.ref, result)])
      announce(engine.put(place.controller, { ref: place.ref, life }, now()))
      if (result !== 'ok') throw refused(place, life, result)
      return viewAt(place)
    })
  const permit = async (place: Place, caller: Caller, asked: Asked): Promise<void> => {
    const isForeign = place.origin === '2030.5' ? 'an IEEE 2030.5 event is its server’s' : undefined
    const isReserve = place.origin === 'reserve' && caller.role === 'actor' ? 'a reserve schedule is kept' : undefined
    const wanted = asked.priority === 'own' ? lifeAt(place).parameters.prio : asked.priority
    const priority = place.origin === 'reserve' ? undefined : wanted
    const refusal = isForeign ?? isReserve ?? refusalOf(caller, { ...place, priority })
    if (refusal === undefined) return
    await store.save([], [entry(caller, asked, place.ref, 'denied')])
    throw new SchedulingError('forbidden', refusal)
  }
  const entry = (caller: Caller, { action, detail }: Asked, subject: string, outcome: string): AuditEntry => ({
    at: clock.exact(),
    actor: caller.name,
    action,
    subject,
    outcome,
    ...(detail !== undefined && { detail }),
  })

  const freeSlot = (device: string, quantity: Quantity, caller: Caller): Place => {
    const { schedules } = board.controller(device, quantity)
    const own = slotsOf(
      caller,
      schedules.map(({ id }) => id),
    )
    if (own.length === 0) throw new SchedulingError('forbidden', `"${caller.name}" has no schedule of its own`)
    const free = own.map((id) => board.place(device, quantity, id)).find((place) => isFree(lifeAt(place)))
    if (free) return free
    throw new SchedulingError('full', `no free schedule for ${quantity} of "${device}"`)
  }

  const open = (opened: Board): void => {
    board = opened
    engine = createEngine()
    followed = createFollowed()
    const kept = store.schedules()
    for (const { name, controllers } of board.devices) {
      for (const controller of controllers.values()) {
        const list = controller.schedules.map(({ ref, slot, initial }): Placed => {
          const stored = kept.get(ref)
          return { ref, life: stored ? restored(stored, slot, initial) : createLife(slot, initial) }
        })
        engine.add(controller.ref, list, now())
      }
      const decided = store.decided(name)
      if (decided) announce(followed.take(decided, { board, engine, now: now() }))
    }
    engine.moved()
  }
  open(first)

  return {
    board: () => board,
    now,
    view: (key) => viewAt(placed(key)),
    views(device, quantity) {
      const own = board.controller(device, quantity)
      const slots = own.schedules.map((schedule) => placeOf(schedule, own, device))
      return [...slots, ...followed.places(device, quantity)].map(viewAt)
    },
    controller(device, quantity) {
      const { ref, target, schedules } = board.controller(device, quantity)
      const output = shown(outputIn(engine, ref))
      const mapped = followed.places(device, quantity).map((place) => place.ref)
      const list = [...schedules.map((one) => one.ref), ...mapped]
      return { ref, device, quantity, target, actSchdRef: output.source ?? '', output, schedules: list }
    },
    output: (device, quantity) => shown(outputIn(engine, board.controller(device, quantity).ref)),
    outputs: (device) => [...board.device(device).controllers.values()].map(({ ref }) => shown(outputIn(engine, ref))),
    forecast(device, quantity, { from, to }) {
      const schedules: readonly Schedule[] = engine.enabled(board.controller(device, quantity).ref)
      const changes = forecastOf(segmentsOf(schedules, from, to))
      return { device, quantity, from, to, changes: changes.map(({ at, value }) => ({ at, value })) }
    },
    replace(key, parameters, caller) {
      const whole = { ...emptyParameters, numEntr: parameters.values.length, ...defined(parameters) }
      const step = (life: Life, at: number): Step =>
        life.slot.isReserve ? writeReserve(life, whole.values as Value[], at) : write(life, whole, at)
      return change(key, caller, { action: 'write', step, priority: whole.prio, detail: parameters })
    },
    patch(key, fields, caller) {
      const step = (life: Life, at: number): Step =>
        life.slot.isReserve && fields.values
          ? writeReserve(life, fields.values as Value[], at)
          : write(life, fields, at)
      return change(key, caller, { action: 'write', step, priority: fields.prio, detail: fields })
    },
    validate(key) {
      const place = placed(key)
      const life = lifeAt(place)
      const schdEnaErr = enableErrorOf(life.parameters, place.slot, now())
      if (schdEnaErr === enableErrors.none) return viewAt(place)
      throw new SchedulingError('not-enabled', enableWords(schdEnaErr), { schdEnaErr })
    },
    enable: (key, caller) => change(key, caller, { action: 'enable', step: enable, priority: 'own' }),
    disable: (key, caller) => change(key, caller, { action: 'disable', step: disable }),
    async direct(device, quantity, { value, seconds, priority }, caller) {
      const { schedules } = board.controller(device, quantity)
      const valueType = schedules[0]?.slot.valueType
      if (typeof value !== valueType) {
        throw new SchedulingError('invalid', `${quantity} is a ${valueType}`, { path: 'value' })
      }
      const { id } = freeSlot(device, quantity, caller)
      const step = (life: Life, at: number): Step => {
        const parameters = { prio: priority, values: [value], numEntr: 1, intervalS: seconds, startTimes: [at] }
        const written = write(life, { ...emptyParameters, ...parameters }, at)
        const enabled = written.result === 'ok' ? enable(written.life, at) : written
        if (enabled.result === 'ok') return enabled
        // the slot stays free
        return { life: { ...life, schdEnaErr: enabled.life.schdEnaErr }, result: enabled.result }
      }
      return change({ device, quantity, id }, caller, { action: 'direct', step, priority, detail: { value, seconds } })
    },
    signal: (name, caller) =>
      inTurn(async () => {
        const { started, outputs } = engine.signal(name, now())
        const changes = started.flatMap((ref) => {
          const life = engine.life(ref)
          return life ? [storedOf(ref, life)] : []
        })
        await store.save(changes, [entry(caller, { action: 'signal', step: enable, detail: { started } }, name, 'ok')])
        announce(outputs)
        return started.length
      }),
    follow: (decided) =>
      inTurn(async () => {
        const before = store.decided(decided.device)
        const { at: _, ...content } = decided
        const { at: __, ...known } = before ?? { at: 0 }
        if (JSON.stringify(content) !== JSON.stringify(known)) await store.saveDecided(decided)
        announce(followed.take(decided, { board, engine, now: now() }))
      }),
    followed: (device) => followed.events(device, now()),
    reload: (next, caller) =>
      inTurn(async () => {
        await store.save([], [entry(caller, { action: 'reload', step: enable }, next.plant.ied, 'ok')])
        open(next)
        for (const { name, controllers } of board.devices) {
          for (const quantity of controllers.keys()) {
            const output = shown(outputIn(engine, board.controller(name, quantity).ref))
            tell({ kind: 'output', output, isRepeat: false })
          }
        }
      }),
    tick: () => announce(engine.advance(now())),
    repeat() {
      for (const { controllers } of board.devices) {
        for (const { ref } of controllers.values()) {
          tell({ kind: 'output', output: shown(outputIn(engine, ref)), isRepeat: true })
        }
      }
    },
    alarm: (device, message) => tell({ kind: 'error', device, at: clock.exact(), message }),
    listen(listener) {
      listeners.add(listener)
      return { [Symbol.dispose]: () => void listeners.delete(listener) }
    },
    audit: store.audit,
  }
}

type Asked = Readonly<{
  action: string
  step: (life: Life, now: number) => Step
  /** The priority that is written, or the schedule's own one, which becomes effective. */
  priority?: number | 'own' | undefined
  detail?: unknown
}>

function outputIn(engine: Engine, controller: string): Output {
  const output = engine.outputOf(controller)
  if (!output) throw new Error(`no controller "${controller}"`)
  return output
}

/** A free schedule is not enabled, and nothing was prepared in it that is still to come. */
function isFree({ state, parameters: { startTimes, calendars, evTrg } }: Life): boolean {
  return state === states.notReady && startTimes.length === 0 && calendars.length === 0 && !evTrg
}

/** The values of a reserve schedule that an operator changed outlive a restart; all else of it is the file's. */
function restored(stored: Stored, slot: Life['slot'], initial: Partial<Parameters>): Life {
  const life = lifeFrom(stored, slot)
  if (!slot.isReserve) return life
  const isSameLength = life.parameters.values.length === initial.values?.length
  return createLife(slot, { ...initial, ...(isSameLength && { values: life.parameters.values }) })
}

function refused(place: Place, { schdEnaErr }: Life, result: Exclude<Step['result'], 'ok'>): SchedulingError {
  switch (result) {
    case 'failed':
      return new SchedulingError('not-enabled', enableWords(schdEnaErr), { schdEnaErr })
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

function enableWords(error: Life['schdEnaErr']): string {
  const words = {
    1: 'nothing is wrong',
    2: 'NumEntr is not valid: above 0, at most what is allocated, and as many values',
    3: 'SchdIntv is not valid: above 0',
    4: 'a value is missing or not finite',
    5: 'a value is of the wrong type',
    6: 'no start time whose run is not over',
    99: 'a calendar is of a kind that is not followed',
  }
  return words[error]
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never
}
