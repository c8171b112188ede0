import type {
  DeviceSchedule,
  DirectSchedule,
  MappedEvent,
  NewSchedule,
  Quantity,
  ScheduleOutput,
  ScheduleView,
} from '@gridloom/contracts'
import type { Clock } from '@gridloom/kit'
import { enableErrorOf, enableErrors, type Parameters } from '../domain/enabling.ts'
import type { Output } from '../domain/engine/engine.ts'
import { disable, enable } from '../domain/lifecycle.ts'
import type { Caller } from '../domain/rights.ts'
import { SchedulingError } from '../domain/scheduling-error.ts'
import { storedOf } from '../domain/stored.ts'
import type { AuditEntry, ScheduleStore } from '../store/schedules.ts'
import type { Board } from './board.ts'
import { type Asked, directing, failureOf, forbids, freeSlot, notEnabled, patching, replacing } from './change.ts'
import { createGround, type Ground, type Key } from './ground.ts'
import { inTurns } from './in-turns.ts'

/** What is told as it happens. */
export type SchedulingEvent = Readonly<
  | { kind: 'output'; output: ScheduleOutput; isRepeat: boolean }
  | { kind: 'state'; schedule: ScheduleView }
  | { kind: 'error'; device: string; at: number; message: string | null }
>

/** All that can be asked of the schedules, by whatever way it comes: each way knows who asks. */
export type Scheduling = Pick<
  Ground,
  'board' | 'now' | 'views' | 'controller' | 'output' | 'outputs' | 'limits' | 'forecast'
> &
  Readonly<{
    view(key: Key): ScheduleView
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
  const ground = createGround(first, store, clock)
  const { now, placed, lifeAt, viewAt } = ground
  const listeners = new Set<(event: SchedulingEvent) => void>()
  const inTurn = inTurns()

  const tell = (event: SchedulingEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const tellAll = (isRepeat: boolean): void => {
    for (const { name } of ground.board().devices) {
      for (const output of ground.outputs(name)) tell({ kind: 'output', output, isRepeat })
    }
  }
  /** Tells what changed, in schedules and in outputs. */
  const announce = (outputs: readonly Output[]): void => {
    for (const ref of ground.engine().moved()) {
      const place = ground.placeBy(ref)
      if (place) tell({ kind: 'state', schedule: viewAt(place) })
    }
    for (const output of outputs) {
      if (output.source !== null) ground.followed().decides(output.source)
      tell({ kind: 'output', output: ground.shown(output), isRepeat: false })
    }
  }
  const noted = (caller: Caller, action: string, subject: string, outcome: string, detail?: unknown): AuditEntry => {
    const entry = { at: clock.exact(), actor: caller.name, action, subject, outcome }
    return detail === undefined ? entry : { ...entry, detail }
  }

  /** Checks the right to it, decides, makes it durable, and only then lets it act. */
  const change = async (key: Key, caller: Caller, asked: Asked): Promise<ScheduleView> => {
    const place = placed(key)
    const before = lifeAt(place)
    const entry = (outcome: string) => noted(caller, asked.action, place.ref, outcome, asked.detail)
    const refusal = forbids(caller, place, before, asked)
    if (refusal !== undefined) {
      await store.save([], [entry('denied')])
      throw new SchedulingError('forbidden', refusal)
    }
    const { life, result } = asked.step(before, now())
    const isChanged = life !== before
    await store.save(isChanged ? [storedOf(place.ref, life)] : [], [entry(result)])
    if (isChanged) announce(ground.engine().put(place.controller, { ref: place.ref, life }, now()))
    if (result !== 'ok') throw failureOf(place, life, result)
    return viewAt(place)
  }

  /** A free slot for a direct command; that there is none for its caller is noted too. */
  const slotFor = async ({ device, quantity }: Omit<Key, 'id'>, order: DirectSchedule, caller: Caller) => {
    try {
      return freeSlot(ground, device, quantity, caller)
    } catch (error) {
      const outcome = error instanceof SchedulingError && error.code === 'full' ? 'full' : 'denied'
      await store.save([], [noted(caller, 'direct', `${device}/${quantity}`, outcome, order)])
      throw error
    }
  }

  return {
    ...ground,
    view: (key) => viewAt(placed(key)),
    replace: (key, parameters, caller) => inTurn(() => change(key, caller, replacing(parameters))),
    patch: (key, fields, caller) => inTurn(() => change(key, caller, patching(fields))),
    validate(key) {
      const place = placed(key)
      const schdEnaErr = enableErrorOf(lifeAt(place).parameters, place.slot, now())
      if (schdEnaErr !== enableErrors.none) throw notEnabled(schdEnaErr)
      return viewAt(place)
    },
    enable: (key, caller) => inTurn(() => change(key, caller, { action: 'enable', step: enable, priority: 'own' })),
    disable: (key, caller) => inTurn(() => change(key, caller, { action: 'disable', step: disable })),
    direct: (device, quantity, order, caller) =>
      inTurn(async () => {
        const place = await slotFor({ device, quantity }, order, caller)
        const { valueType } = place.slot
        if (typeof order.value !== valueType) {
          throw new SchedulingError('invalid', `${quantity} is a ${valueType}`, { path: 'value' })
        }
        return change({ device, quantity, id: place.id }, caller, directing(order))
      }),
    signal: (name, caller) =>
      inTurn(async () => {
        const { started, outputs } = ground.engine().signal(name, now())
        const lives = started.flatMap((ref) => {
          const life = ground.engine().life(ref)
          return life ? [storedOf(ref, life)] : []
        })
        await store.save(lives, [noted(caller, 'signal', name, 'ok', { started })])
        announce(outputs)
        return started.length
      }),
    follow: (decided) =>
      inTurn(async () => {
        if (!isSame(store.decided(decided.device), decided)) await store.saveDecided(decided)
        announce(ground.followed().take(decided, { board: ground.board(), engine: ground.engine(), now: now() }))
      }),
    followed: (device) => ground.followed().events(device, now()),
    reload: (board, caller) =>
      inTurn(async () => {
        await store.save([], [noted(caller, 'reload', board.plant.ied, 'ok')])
        ground.open(board)
        tellAll(false)
      }),
    tick: () => announce(ground.engine().advance(now())),
    repeat: () => tellAll(true),
    alarm: (device, message) => tell({ kind: 'error', device, at: clock.exact(), message }),
    listen(listener) {
      listeners.add(listener)
      return { [Symbol.dispose]: () => void listeners.delete(listener) }
    },
    audit: store.audit,
  }
}

/** The time at which it was said is no news. */
function isSame(one: DeviceSchedule | undefined, other: DeviceSchedule): boolean {
  return one !== undefined && JSON.stringify({ ...one, at: 0 }) === JSON.stringify({ ...other, at: 0 })
}
