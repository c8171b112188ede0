import type { Schedule, Value } from '../schedule.ts'
import { advance, entryOf, isEnabled, type Life, startsOf, trigger } from '../lifecycle.ts'
import { isEventDriven } from '../enabling.ts'
import { nextStart } from '../starts.ts'
import { createAgenda } from './agenda.ts'

/** What a controller says: all null, and entry 0, when nothing runs. */
export type Output = Readonly<{
  controller: string
  value: Value | null
  source: string | null
  priority: number | null
  /** Of the source, from 1. */
  entry: number
}>

/** A schedule in its life, named by its reference. */
export type Placed = Readonly<{ ref: string; life: Life }>

/**
 * Many controllers and their schedules at the present second. Only what changes is looked at: an agenda knows when that is next
 * for each schedule, and a controller chooses anew when one of its own did.
 */
export type Engine = Readonly<{
  /** Adds a controller with its list; its order decides the last tie. */
  add(controller: string, schedules: readonly Placed[], now: number): readonly Output[]
  /** Replaces a schedule's life, or adds a schedule to the end of a controller's list. */
  put(controller: string, schedule: Placed, now: number): readonly Output[]
  remove(ref: string, now: number): readonly Output[]
  /** Lets time go on, or back; the outputs whose value or source changed. */
  advance(now: number): readonly Output[]
  /** The rising edge of a signal; the schedules that it started, by their references. */
  signal(name: string, now: number): Readonly<{ started: readonly string[]; outputs: readonly Output[] }>
  /** The schedules whose state changed, or that were put, since this was asked last. */
  moved(): readonly string[]
  life(ref: string): Life | undefined
  outputOf(controller: string): Output | undefined
  /** The schedules of a controller that are enabled, as they are to be foretold. */
  enabled(controller: string): readonly Schedule[]
  /** When time alone will change something. */
  nextAt(): number
}>

type Item = { readonly ref: string; readonly of: Controller; life: Life; entry: number }
type Controller = { readonly ref: string; items: Item[]; output: Output }

export function createEngine(): Engine {
  const controllers = new Map<string, Controller>()
  const items = new Map<string, Item>()
  const agenda = createAgenda<Item>()
  const moved = new Set<string>()
  let present = -Infinity

  const settle = (item: Item, life: Life, now: number): void => {
    const { state } = item.life
    item.life = advance(life, now)
    if (item.life.state !== state) moved.add(item.ref)
    item.entry = entryOf(item.life, now)
    agenda.set(item, nextChangeOf(item.life, item.entry, now))
  }
  const choose = (controllersToAsk: Iterable<Controller>): readonly Output[] => {
    const changed: Output[] = []
    for (const controller of controllersToAsk) {
      const before = controller.output
      controller.output = outputOf(controller)
      const isSame = before.value === controller.output.value && before.source === controller.output.source
      if (!isSame) changed.push(controller.output)
    }
    return changed
  }
  const place = (controller: Controller, { ref, life }: Placed, now: number): Item => {
    const item: Item = { ref, of: controller, life, entry: -1 }
    items.set(ref, item)
    controller.items.push(item)
    settle(item, life, now)
    return item
  }
  const known = (ref: string): Controller => {
    const controller = controllers.get(ref)
    if (!controller) throw new Error(`no controller "${ref}"`)
    return controller
  }
  // a clock that was set back makes everything due
  const goBack = (now: number): readonly Output[] => {
    present = now
    for (const item of items.values()) settle(item, item.life, now)
    return choose(controllers.values())
  }

  return {
    add(ref, schedules, now) {
      const controller: Controller = { ref, items: [], output: silent(ref) }
      controllers.set(ref, controller)
      for (const schedule of schedules) place(controller, schedule, now)
      return choose([controller])
    },
    put(ref, schedule, now) {
      const controller = known(ref)
      const item = items.get(schedule.ref)
      if (item) settle(item, schedule.life, now)
      else place(controller, schedule, now)
      moved.add(schedule.ref)
      return choose([controller])
    },
    remove(ref) {
      const item = items.get(ref)
      if (!item) return []
      items.delete(ref)
      agenda.drop(item)
      item.of.items = item.of.items.filter((other) => other !== item)
      return choose([item.of])
    },
    advance(now) {
      if (now < present) return goBack(now)
      present = now
      const touched = new Set<Controller>()
      for (let item = agenda.takeDue(now); item; item = agenda.takeDue(now)) {
        settle(item, item.life, now)
        touched.add(item.of)
      }
      return touched.size === 0 ? none : choose(touched)
    },
    signal(name, now) {
      const waiting = [...items.values()].filter(
        ({ life: { parameters } }) => isEventDriven(parameters) && parameters.inSyn === name,
      )
      const started = waiting.filter((item) => {
        const before = advance(item.life, now)
        settle(item, trigger(before, now), now)
        return item.life !== before
      })
      const outputs = choose(new Set(started.map(({ of }) => of)))
      return { started: started.map(({ ref }) => ref), outputs }
    },
    moved() {
      const refs = [...moved]
      moved.clear()
      return refs
    },
    life: (ref) => items.get(ref)?.life,
    outputOf: (ref) => controllers.get(ref)?.output,
    enabled: (ref) => known(ref).items.flatMap(({ ref: id, life }) => (isEnabled(life) ? [scheduleOf(id, life)] : [])),
    nextAt: agenda.nextAt,
  }
}

const none: readonly Output[] = []

/** The running schedule that decides: by priority, then by the later start, then by the place in the list. */
function outputOf({ ref, items }: Controller): Output {
  let active: Item | undefined
  for (const item of items) if (item.entry >= 0 && (!active || isStronger(item.life, active.life))) active = item
  if (!active) return silent(ref)
  const { life, entry } = active
  const value = life.parameters.values[entry] ?? null
  return { controller: ref, value, source: active.ref, priority: life.parameters.prio, entry: entry + 1 }
}

function isStronger(one: Life, other: Life): boolean {
  if (one.parameters.prio !== other.parameters.prio) return one.parameters.prio > other.parameters.prio
  return (one.runStart ?? -Infinity) > (other.runStart ?? -Infinity)
}

function silent(controller: string): Output {
  return { controller, value: null, source: null, priority: null, entry: 0 }
}

function nextChangeOf(life: Life, entry: number, now: number): number {
  if (!isEnabled(life)) return Infinity
  const { runStart, parameters } = life
  const end = runStart === null ? Infinity : runStart + (entry + 1) * parameters.intervalS
  return Math.min(end, nextStart(startsOf(life), now))
}

/** An enabled schedule from now on, as a pure value. */
function scheduleOf(id: string, life: Life): Schedule {
  const { prio, intervalS, numEntr, values } = life.parameters
  const { times, calendars } = startsOf(life)
  return {
    id,
    prio,
    intervalS,
    values: values.slice(0, numEntr).map((value) => value ?? 0),
    starts: { times: life.runStart === null ? times : [life.runStart, ...times], calendars },
    enabledAt: -Infinity,
    disabledAt: Infinity,
  }
}
