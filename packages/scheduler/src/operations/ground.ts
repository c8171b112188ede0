import type {
  ControllerView,
  Quantity,
  ScheduledDevice,
  ScheduleForecast,
  ScheduleOutput,
  ScheduleView,
} from '@gridloom/contracts'
import type { Clock } from '@gridloom/kit'
import { forecastOf, segmentsOf } from '../domain/controller.ts'
import type { Parameters } from '../domain/enabling.ts'
import { createEngine, type Engine, type Output, type Placed } from '../domain/engine/engine.ts'
import { advance, createLife, type Life } from '../domain/lifecycle.ts'
import { programLimitsAt, type ProgramLimit } from '../domain/program-limits.ts'
import { lifeFrom, type Stored } from '../domain/stored.ts'
import type { ScheduleStore } from '../store/schedules.ts'
import { type Board, type Place, placeOf } from './board.ts'
import { createFollowed, type Followed } from './followed.ts'
import { outputViewOf, viewOf } from './views.ts'

/** Names a schedule. */
export type Key = Readonly<{ device: string; quantity: Quantity; id: string }>

/** The schedules as they are now, those of the SCL file and those of IEEE 2030.5 events, and what can be read of them. */
export type Ground = Readonly<{
  board(): Board
  engine(): Engine
  followed(): Followed
  now(): number
  /** Begins anew with a reading of the SCL file and what the store has kept. */
  open(board: Board): void
  placed(key: Key): Place
  placeBy(ref: string): Place | undefined
  lifeAt(place: Place): Life
  viewAt(place: Place): ScheduleView
  shown(output: Output): ScheduleOutput
  views(device: string, quantity: Quantity): readonly ScheduleView[]
  controller(device: string, quantity: Quantity): ControllerView
  output(device: string, quantity: Quantity): ScheduleOutput
  outputs(device: string): readonly ScheduleOutput[]
  forecast(device: string, quantity: Quantity, span: Readonly<{ from: number; to: number }>): ScheduleForecast
  /** What the programs of IEEE 2030.5 allow a device now, in watts; null: as much as it can. */
  limits(device: string): ScheduledDevice['limits']
}>

export function createGround(first: Board, store: ScheduleStore, clock: Clock): Ground {
  let board = first
  let engine = createEngine()
  let followed = createFollowed()
  const now = (): number => clock.now()

  const shown = (output: Output): ScheduleOutput => {
    const owner = board.ownerOf(output.controller)
    if (!owner) throw new Error(`no device has the controller "${output.controller}"`)
    return outputViewOf(output, owner, now())
  }
  const outputIn = (controller: string): ScheduleOutput => {
    const output = engine.outputOf(controller)
    if (!output) throw new Error(`no controller "${controller}"`)
    return shown(output)
  }
  const lifeAt = ({ ref }: Place): Life => {
    const life = engine.life(ref)
    if (!life) throw new Error(`no schedule "${ref}"`)
    return advance(life, now())
  }
  const viewAt = (place: Place): ScheduleView => {
    const isActive = engine.outputOf(place.controller)?.source === place.ref
    return viewOf(place, lifeAt(place), { now: now(), isActive })
  }
  const placesOf = (device: string, quantity: Quantity): readonly Place[] => {
    const own = board.controller(device, quantity)
    return [...own.schedules.map((schedule) => placeOf(schedule, own, device)), ...followed.places(device, quantity)]
  }
  const open = (opened: Board): void => {
    board = opened
    engine = createEngine()
    followed = createFollowed()
    const kept = store.schedules()
    for (const { name, controllers } of board.devices) {
      for (const { ref, schedules } of controllers.values()) engine.add(ref, schedules.map(recalled(kept)), now())
      const decided = store.decided(name)
      const outputs = decided ? followed.take(decided, { board, engine, now: now() }) : []
      for (const { source } of outputs) if (source !== null) followed.decides(source)
    }
    engine.moved() // what came out of the store is no news
  }
  open(first)

  /** A schedule of our own that is as strong as a limit overrules it: an operator stands above his utility where he says so. */
  const isOverruled = (device: string, quantity: Quantity, { priority }: ProgramLimit): boolean => {
    const controller = board.device(device).controllers.get(quantity)
    const output = controller && engine.outputOf(controller.ref)
    if (!output || output.source === null || followed.placeOf(output.source)) return false
    return (output.priority ?? 0) >= priority
  }

  return {
    board: () => board,
    engine: () => engine,
    followed: () => followed,
    now,
    open,
    placed: ({ device, quantity, id }) => followed.find(device, quantity, id) ?? board.place(device, quantity, id),
    placeBy: (ref) => followed.placeOf(ref) ?? board.placeBy(ref),
    lifeAt,
    viewAt,
    shown,
    views: (device, quantity) => placesOf(device, quantity).map(viewAt),
    controller(device, quantity) {
      const { ref, target } = board.controller(device, quantity)
      const output = outputIn(ref)
      const schedules = placesOf(device, quantity).map((place) => place.ref)
      return { ref, device, quantity, target, actSchdRef: output.source ?? '', output, schedules }
    },
    output: (device, quantity) => outputIn(board.controller(device, quantity).ref),
    outputs: (device) => [...board.device(device).controllers.values()].map(({ ref }) => outputIn(ref)),
    limits(device) {
      const decided = followed.decided(device)
      const all = decided ? programLimitsAt(decided, now()) : []
      const leastOf = (way: ProgramLimit['way'], quantity: Quantity): number | null => {
        const holding = all.filter((limit) => limit.way === way && !isOverruled(device, quantity, limit))
        return holding.length === 0 ? null : Math.min(...holding.map(({ watts }) => watts))
      }
      return { exportW: leastOf('export', 'MaxPow'), importW: leastOf('import', 'ActPow') }
    },
    forecast(device, quantity, { from, to }) {
      const schedules = engine.enabled(board.controller(device, quantity).ref)
      const segments = segmentsOf(schedules, from, to, mostForecastSteps)
      return { device, quantity, from, to: segments.at(-1)?.to ?? to, changes: [...forecastOf(segments)] }
    },
  }
}

// so that nobody who asks for a year of seconds holds up the ticks
const mostForecastSteps = 5000

type Described = Readonly<{ ref: string; slot: Life['slot']; initial: Partial<Parameters> }>

function recalled(kept: ReadonlyMap<string, Stored>) {
  return ({ ref, slot, initial }: Described): Placed => {
    const stored = kept.get(ref)
    return { ref, life: stored ? restored(stored, slot, initial) : createLife(slot, initial) }
  }
}

/** The values of a reserve schedule that an operator changed outlive a restart; all else of it is the file's. */
function restored(stored: Stored, slot: Life['slot'], initial: Partial<Parameters>): Life {
  const life = lifeFrom(stored, slot)
  if (!slot.isReserve) return life
  const isSameLength = life.parameters.values.length === initial.values?.length
  return createLife(slot, { ...initial, ...(isSameLength && { values: life.parameters.values }) })
}
