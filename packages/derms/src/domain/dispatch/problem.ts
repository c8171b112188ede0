import { at, type DispatchDer, type DispatchFile, type Fairness } from './dispatch-file.ts'

/** An allocation as columns: one row of `steps` values for each DER, W with export positive. */
export type Problem = Readonly<{
  ids: readonly string[]
  steps: number
  stepHours: number
  fairness: Fairness
  base: Float64Array
  min: Float64Array
  max: Float64Array
  /** Power before the first step. */
  now: Float64Array
  /** Greatest change from one step to the next, W; Infinity for none. */
  ramp: Float64Array
  block: Uint8Array
  /** Cost of a kWh above and below the base, by the fairness that was asked for. */
  upPrice: Float64Array
  downPrice: Float64Array
  storage: readonly (Storage | undefined)[]
  /** The band of the sum of all powers, per step. */
  low: Float64Array
  high: Float64Array
  shortfallPrice: number
}>

export type Storage = NonNullable<DispatchDer['storage']>

/** Makes columns of a checked file: trust taken off, reserve turned into one step of headroom, prices by fairness. */
export function problemOf(file: DispatchFile): Problem {
  const steps = file.request.kind === 'reserve' ? 1 : file.horizon.steps
  const size = file.fleet.length
  const problem = {
    ids: file.fleet.map(({ id }) => id),
    steps,
    stepHours: file.horizon.stepSeconds / 3600,
    fairness: file.fairness,
    base: new Float64Array(size * steps),
    min: new Float64Array(size * steps),
    max: new Float64Array(size * steps),
    now: new Float64Array(size),
    ramp: new Float64Array(size).fill(Infinity),
    block: new Uint8Array(size),
    upPrice: new Float64Array(size),
    downPrice: new Float64Array(size),
    storage: file.request.kind === 'reserve' ? file.fleet.map(() => undefined) : file.fleet.map((der) => der.storage),
    ...bandOf(file, steps),
    shortfallPrice: file.shortfallPrice,
  }
  const fill = file.request.kind === 'reserve' ? fillHeadroom : fillRow
  file.fleet.forEach((der, row) => fill(problem, file, der, row))
  if (file.fairness === 'rotation') priceByUse(problem, file.fleet)
  return problem
}

function bandOf({ request, otherW }: DispatchFile, steps: number): Pick<Problem, 'low' | 'high'> {
  const low = new Float64Array(steps).fill(-Infinity)
  const high = new Float64Array(steps).fill(Infinity)
  for (let t = 0; t < steps; t++) {
    const other = at(otherW, t)
    if (request.kind === 'reserve') low[t] = request.reserveW
    if (request.kind === 'target') low[t] = high[t] = at(request.targetW, t) - other
    if (request.kind === 'limit' && request.importLimitW !== undefined) low[t] = -at(request.importLimitW, t) - other
    if (request.kind === 'limit' && request.exportLimitW !== undefined) high[t] = at(request.exportLimitW, t) - other
  }
  return { low, high }
}

function fillRow(problem: Problem, { horizon }: DispatchFile, der: DispatchDer, row: number): void {
  const share = shareOf(der)
  for (let t = 0; t < problem.steps; t++) {
    const cell = row * problem.steps + t
    const base = at(der.baseW, t)
    problem.base[cell] = base
    problem.min[cell] = base - share * (base - at(der.minW, t))
    problem.max[cell] = base + share * (at(der.maxW, t) - base)
  }
  problem.now[row] = der.nowW ?? at(der.baseW, 0)
  if (der.rampWPerSecond !== undefined) problem.ramp[row] = der.rampWPerSecond * horizon.stepSeconds
  problem.block[row] = der.block ? 1 : 0
  problem.upPrice[row] = der.upPrice
  problem.downPrice[row] = der.downPrice
}

/** A reserve is what a DER can surely add over the whole window, for as long as a call may last. */
function fillHeadroom(problem: Problem, file: DispatchFile, der: DispatchDer, row: number): void {
  if (file.request.kind !== 'reserve') return
  const { direction, callSeconds, responseSeconds } = file.request
  let room = Infinity
  for (let t = 0; t < file.horizon.steps; t++) {
    const base = at(der.baseW, t)
    room = Math.min(room, direction === 'up' ? at(der.maxW, t) - base : base - at(der.minW, t))
  }
  if (der.storage) room = Math.min(room, (storedRoom(der.storage, direction) * 3600) / callSeconds)
  if (der.rampWPerSecond !== undefined) room = Math.min(room, der.rampWPerSecond * responseSeconds)
  problem.max[row] = Math.max(room, 0) * shareOf(der)
  problem.block[row] = der.block ? 1 : 0
  problem.upPrice[row] = direction === 'up' ? der.upPrice : der.downPrice
}

function storedRoom(storage: Storage, direction: 'up' | 'down'): number {
  const { energyWh, minWh, capacityWh, chargeEfficiency, dischargeEfficiency, finalWh = 0 } = storage
  if (direction === 'up') return (energyWh - Math.max(minWh, finalWh)) * dischargeEfficiency
  return (capacityWh - energyWh) / chargeEfficiency
}

/** Trust takes part of what a DER may be asked for, and from level 3 on all of it (trust.md §5). */
function shareOf({ trust: { Te, level } }: DispatchDer): number {
  return level >= 3 ? 0 : Te
}

/** In rotation a kWh costs what its giver has given so far, as a share of what the most used has. */
function priceByUse({ upPrice, downPrice }: Problem, fleet: readonly DispatchDer[]): void {
  const most = fleet.reduce((largest, { usedWh }) => Math.max(largest, usedWh), 1)
  fleet.forEach(({ usedWh }, row) => {
    upPrice[row] = downPrice[row] = usedWh / most
  })
}
