import { type Active, createActive, updateEnterRamp, updateLimit, updateVoltWatt } from './active.ts'
import { type Battery, createBattery, shareFlow, updateBattery } from './battery.ts'
import { updateLimited } from './capability.ts'
import type { Columns } from './columns.ts'
import { createCurrents, type Currents, updateControl, updateCurrents } from './currents.ts'
import { updateDesiredPower } from './desired-power.ts'
import { createEnter, type Enter, updateEnter } from './enter-service.ts'
import { createExecution, type Execution, inForce } from './execution.ts'
import { createDroop, type Droop, updateDroop } from './freq-droop.ts'
import { createGrid, type Grid, measure, type TileInput } from './grid.ts'
import type { DerModel } from './model.ts'
import { createReactive, type Reactive, updateReactive } from './reactive.ts'
import { createRideThrough, type RideThrough, updateRideThrough } from './ride-through.ts'
import { createService, type Service, updateStatus } from './status.ts'
import { createTrip, fitTrip, type Trip, updateTrip } from './trip.ts'

type PowerColumns = Readonly<{ p: Float64Array; q: Float64Array }>

/** What a tile gives away: power in W and var, and the status. */
export type TileOutput = PowerColumns & Readonly<{ status: Int8Array }>

export const createOutput = (n: number): TileOutput => ({
  p: new Float64Array(n),
  q: new Float64Array(n),
  status: new Int8Array(n),
})

/** Some DERs that share their settings: everything that survives a step, and every value that a step computed. */
export type Tile = {
  readonly n: number
  model: DerModel
  readonly execution: Execution
  started: boolean
  readonly input: TileInput
  readonly grid: Grid
  readonly enter: Enter
  readonly trip: Trip
  readonly rideThrough: RideThrough
  readonly service: Service
  readonly battery: Battery
  readonly active: Active
  readonly droop: Droop
  readonly reactive: Reactive
  readonly currents: Currents
  /** What the sun offers and what is demanded, pu of NP_P_MAX. */
  readonly pAvl: Float64Array
  readonly pDem: Float64Array
  /** Power without any function, at once and after the demand ramp; what frequency may raise it to; what there is at most. */
  readonly base: Float64Array
  readonly demand: Float64Array
  readonly ceiling: Float64Array
  readonly most: Float64Array
  readonly limited: PowerColumns
  readonly out: PowerColumns
}

export function createTile(model: DerModel, columns: Columns, input: TileInput, output: TileOutput): Tile {
  const { scratch } = columns
  const { settings, trips } = model
  const pAvl = scratch()
  const ofPv = settings.KIND === 'PV' ? pAvl : undefined
  // R2: in the reference every timer begins as if its time had passed
  const elapsed = settings.strict1547 ? 0 : Number.POSITIVE_INFINITY
  return {
    n: columns.n,
    model,
    execution: createExecution(model),
    started: false,
    input,
    grid: createGrid(columns),
    enter: createEnter(columns, elapsed),
    trip: createTrip(columns, trips, elapsed),
    rideThrough: createRideThrough(columns),
    service: createService(columns, settings, output.status),
    battery: createBattery(columns, settings),
    active: createActive(columns),
    droop: createDroop(columns),
    reactive: createReactive(columns),
    currents: createCurrents(columns, elapsed),
    pAvl,
    pDem: scratch(),
    base: ofPv ?? scratch(),
    demand: scratch(),
    ceiling: ofPv ?? scratch(),
    most: scratch(),
    limited: { p: scratch(), q: scratch() },
    out: output,
  }
}

/** One step of `ts` seconds for every DER of the tile, without allocation but when settings change (fact sheet, section 3). */
export function stepTile(tile: Tile, asked: DerModel, ts: number): void {
  tile.model = inForce(tile.execution, asked, ts)
  fitTrip(tile)
  const { KIND } = tile.model.settings
  measure(tile, ts)
  offer(tile)
  updateEnter(tile, ts)
  updateTrip(tile, ts)
  updateRideThrough(tile, ts)
  updateStatus(tile)
  if (KIND !== 'PV') {
    updateBattery(tile, ts)
    combine(tile)
  }
  updateLimit(tile, ts)
  updateVoltWatt(tile, ts)
  updateDroop(tile, ts)
  updateEnterRamp(tile, ts)
  updateDesiredPower(tile)
  updateReactive(tile, ts)
  updateLimited(tile)
  updateControl(tile, ts)
  updateCurrents(tile, ts)
  if (KIND !== 'PV') shareFlow(tile)
  tile.started = true
}

/** The power at hand and the power asked for, in per unit. */
function offer({ n, model: { settings: s }, input, pAvl, pDem }: Tile): void {
  const efficiency = s.KIND === 'PV' ? s.NP_EFFICIENCY : 1 // a battery's efficiency is that of charging
  for (let i = 0; i < n; i++) {
    pAvl[i] = s.KIND === 'BESS' ? 1 : (Math.max(input.pDc[i] ?? 0, 0) / s.NP_P_MAX) * efficiency
    pDem[i] = s.KIND === 'PV' ? 0 : (input.pDem[i] ?? 0) / s.NP_P_MAX
  }
}

/** A battery gives what is demanded, with a PV behind the same inverter the sum; a PV alone has but its own columns. */
function combine({ n, model, battery, pAvl, pDem, base, demand, ceiling, most }: Tile): void {
  const { KIND } = model.settings
  for (let i = 0; i < n; i++) {
    const solar = KIND === 'BESS' ? 0 : (pAvl[i] ?? 0)
    const canDischarge = battery.pDisMax[i] ?? 0
    base[i] = solar + (pDem[i] ?? 0)
    demand[i] = solar + (battery.pDemR[i] ?? 0)
    most[i] = solar + canDischarge
    ceiling[i] = KIND === 'PV_BESS' ? Math.min(1, solar + canDischarge) : 1
  }
}
