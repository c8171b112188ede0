// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import highsModule, { type Highs, type ModelData } from 'highs'
import { limiter, type Limits } from '../limits.ts'
import { linearModel, type LinearModel, type Term } from '../linear-model.ts'
import type { Plan } from '../plan.ts'
import type { Problem, Storage } from '../problem.ts'

// its types speak of a CommonJS module, what is loaded is an ES module
const loadHighs = highsModule as unknown as typeof highsModule.default
let loading: Promise<Highs> | undefined

/**
 * The optimum by HiGHS of the table in docs/reference/dispatch.md, term by term as it is written there: large and slow, and
 * for tests to compare with what is made of it elsewhere.
 */
export async function solveAsWritten(problem: Problem, seconds = 60): Promise<Plan> {
  const highs = await (loading ??= loadHighs())
  const oneWay = new Set<number>()
  for (;;) {
    const { model, columns } = modelOf(problem, oneWay)
    const values = solve(highs, model.data(), { seconds, hasTies: problem.fairness === 'equal' })
    const bothWays = columns.flatMap(({ store }, cell) =>
      store && values[store.charge]! > 1e-6 && values[store.discharge]! > 1e-6 ? [cell] : [],
    )
    if (bothWays.every((cell) => oneWay.has(cell))) return planOf(problem, columns, values)
    for (const cell of bothWays) oneWay.add(cell)
  }
}

type Effort = Readonly<{ seconds: number; hasTies: boolean }>

function solve(highs: Highs, data: ModelData, { seconds, hasTies }: Effort): Float64Array {
  using model = highs.createModel(data)
  // simplex walks for minutes over the ties of equal shares; interior points do not mind them
  const solver = hasTies && !data.integrality ? { solver: 'ipm' } : {}
  model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 1e-6, ...solver })
  const { modelStatus } = model.run()
  if (modelStatus === 13) throw new Error(`HiGHS found no optimum within ${seconds} s`)
  if (modelStatus !== 7) throw new Error(`HiGHS found no optimum (model status ${modelStatus})`)
  return model.getSolution().colValue
}

/** The columns of one DER in one step; of a block, and of anyone with equal shares, they are shares of its room. */
type Cell = Readonly<{ up: number; down: number; upRoom: number; downRoom: number; store?: StoreColumns }>
type StoreColumns = Readonly<{ charge: number; discharge: number }>

function modelOf(problem: Problem, oneWay: ReadonlySet<number>) {
  const { ids, steps, base, min, max, block, upPrice, downPrice, fairness } = problem
  const model = linearModel()
  const columns: Cell[] = []
  const limitsOf = limiter(problem)
  const isEqual = fairness === 'equal'
  // The objective is per W and step: the common factor stepHours / 1000 is left out.
  const shareCost = 1000 / problem.stepHours
  const shares = isEqual ? Array.from({ length: steps }, () => model.column(0, 1, shareCost)) : []
  for (let row = 0, cell = 0; row < ids.length; row++) {
    for (let t = 0; t < steps; t++, cell++) {
      const upRoom = max[cell]! - base[cell]!
      const downRoom = base[cell]! - min[cell]!
      const whole = block[row] === 1
      const isShare = whole
      const add = (room: number, price: number) =>
        model.column(0, isShare ? Number(room > 0) : room, isEqual ? 0 : price * (isShare ? room : 1), whole)
      const up = add(upRoom, upPrice[row]!)
      const down = add(downRoom, downPrice[row]!)
      if (whole) model.row(-Infinity, 1, [term(up, 1), term(down, 1)])
      const share = shares[t]
      if (share !== undefined) {
        if (upRoom > 0) model.row(-Infinity, 0, [term(up, whole ? upRoom : 1), term(share, -upRoom)])
        if (downRoom > 0) model.row(-Infinity, 0, [term(down, whole ? downRoom : 1), term(share, -downRoom)])
      }
      columns.push({ up, down, upRoom: isShare ? upRoom : 1, downRoom: isShare ? downRoom : 1 })
    }
    const store = problem.storage[row]
    const limits = limitsOf(row)
    if (store) addStore(model, problem, columns, { row, store, oneWay, limits })
    if (problem.ramp[row]! < Infinity) addRamp(model, problem, columns, { row, ramp: limits.ramp })
  }
  addBand(model, problem, columns)
  return { model, columns }
}

const term = (column: number, value: number): Term => [column, value]

/** Power above the base as terms of a row. */
function moved({ up, down, upRoom, downRoom }: Cell, sign: 1 | -1 = 1): readonly Term[] {
  return [term(up, sign * upRoom), term(down, -sign * downRoom)]
}

function addStore(
  model: LinearModel,
  { steps, stepHours, base, min, max }: Problem,
  columns: Cell[],
  {
    row,
    store,
    oneWay,
    limits,
  }: Readonly<{ row: number; store: Storage; oneWay: ReadonlySet<number>; limits: Limits }>,
): void {
  let energy: number | undefined
  for (let t = 0; t < steps; t++) {
    const cell = row * steps + t
    const most = Math.max(max[cell]!, 0)
    const least = Math.max(-min[cell]!, 0)
    const discharge = model.column(0, most, 0)
    const charge = model.column(0, least, 0)
    const after = model.column(limits.floor[t]!, limits.ceiling[t]!, 0)
    const flow = [
      term(after, 1),
      term(discharge, stepHours / store.dischargeEfficiency),
      term(charge, -stepHours * store.chargeEfficiency),
    ]
    const start = energy === undefined ? store.energyWh : 0
    model.row(start, start, energy === undefined ? flow : [...flow, term(energy, -1)])
    const held = columns[cell]!
    model.row(base[cell]!, base[cell]!, [term(discharge, 1), term(charge, -1), ...moved(held, -1)])
    if (oneWay.has(cell)) {
      const isOut = model.column(0, 1, 0, true)
      model.row(-Infinity, 0, [term(discharge, 1), term(isOut, -most)])
      model.row(-Infinity, least, [term(charge, 1), term(isOut, least)])
    }
    columns[cell] = { ...held, store: { charge, discharge } }
    energy = after
  }
}

function addRamp(
  model: LinearModel,
  { steps, base, now }: Problem,
  columns: readonly Cell[],
  { row, ramp }: Readonly<{ row: number; ramp: Float64Array }>,
): void {
  for (let t = 0; t < steps; t++) {
    const cell = row * steps + t
    const before = t === 0 ? now[row]! : base[cell - 1]!
    const drift = base[cell]! - before
    const terms = t === 0 ? moved(columns[cell]!) : [...moved(columns[cell]!), ...moved(columns[cell - 1]!, -1)]
    model.row(-ramp[t]! - drift, ramp[t]! - drift, terms)
  }
}

/** The sum of all powers lies within the band, but for what is missed at its price. */
function addBand(
  model: LinearModel,
  { ids, steps, base, low, high, shortfallPrice }: Problem,
  columns: readonly Cell[],
) {
  for (let t = 0; t < steps; t++) {
    if (low[t] === -Infinity && high[t] === Infinity) continue
    let sum = 0
    const terms: Term[] = [
      term(model.column(0, Infinity, shortfallPrice), 1),
      term(model.column(0, Infinity, shortfallPrice), -1),
    ]
    for (let row = 0; row < ids.length; row++) {
      sum += base[row * steps + t]!
      terms.push(...moved(columns[row * steps + t]!))
    }
    model.row(low[t]! - sum, high[t]! - sum, terms)
  }
}

function planOf({ base }: Problem, columns: readonly Cell[], values: Float64Array): Plan {
  return base.map((power, cell) => {
    const { up, down, upRoom, downRoom } = columns[cell]!
    return power + values[up]! * upRoom - values[down]! * downRoom
  })
}
