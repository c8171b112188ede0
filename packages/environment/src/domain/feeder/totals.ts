import { baseKva } from './branches.ts'
import type { Solution } from './feeder.ts'

/** kW and kvar. */
export type Kva = readonly [number, number]

/** Where the power of a feeder comes from and goes; S_source = load + capacitor - der + loss + charging. */
export type Totals = Readonly<{
  sourceKva: readonly [Kva, Kva, Kva]
  sourceTotalKva: Kva
  loadKva: Kva
  capacitorKva: Kva
  derKva: Kva
  lossKva: Kva
  chargingKva: Kva
}>

export function totalsOf(solution: Solution): Totals {
  const { plan, state } = solution
  const { loads, capacitors, plus } = plan.elements
  const sourceKva = [0, 1, 2].map((phase) => power(state.v, state.j, 2 * phase)) as [Kva, Kva, Kva]
  const [derKw, derKvar] = drawn(solution, loads + capacitors, plus.length)
  return {
    sourceKva,
    sourceTotalKva: sum(sourceKva),
    loadKva: drawn(solution, 0, loads),
    capacitorKva: drawn(solution, loads, loads + capacitors),
    derKva: [-derKw, -derKvar],
    lossKva: sum(plan.ids.keys().map((node) => seriesLoss(solution, node))),
    chargingKva: [0, sum(plan.ids.keys().map((node) => charging(solution, node)))[1]],
  }
}

/** What the books of a solved feeder do not account for, in kVA. */
export function imbalanceOf({ sourceTotalKva, loadKva, capacitorKva, derKva, lossKva, chargingKva }: Totals): number {
  const [re, im] = [0, 1].map(
    (part) =>
      (sourceTotalKva[part] ?? 0) -
      [loadKva, capacitorKva, lossKva, chargingKva].reduce((all, kva) => all + (kva[part] ?? 0), -(derKva[part] ?? 0)),
  )
  return Math.hypot(re ?? 0, im ?? 0)
}

/** The power of the elements `first` up to `end` at the voltages of the solution. */
function drawn({ plan: { elements }, state: { v, p, q } }: Solution, first: number, end: number): Kva {
  const { plus, minus, model, nominal } = elements
  let kva: Kva = [0, 0]
  for (let e = first; e < end; e += 1) {
    const [from, to] = [plus[e] ?? 0, minus[e] ?? 0]
    const u =
      Math.hypot((v[from] ?? 0) - (v[to] ?? 0), (v[from + 1] ?? 0) - (v[to + 1] ?? 0)) / Math.sqrt(nominal[e] ?? 1)
    const share = baseKva * u ** (model[e] ?? 0)
    kva = [kva[0] + (p[e] ?? 0) * share, kva[1] + (q[e] ?? 0) * share]
  }
  return kva
}

function seriesLoss({ plan: { z }, state: { j } }: Solution, node: number): Kva {
  const drop = new Float64Array(6)
  for (let cell = 0; cell < 9; cell += 1) {
    const at = 18 * node + 2 * cell
    const [zr, zx] = [z[at] ?? 0, z[at + 1] ?? 0]
    const from = 6 * node + 2 * (cell % 3)
    const [jr, jx] = [j[from] ?? 0, j[from + 1] ?? 0]
    const row = 2 * Math.trunc(cell / 3)
    drop[row] = (drop[row] ?? 0) + zr * jr - zx * jx
    drop[row + 1] = (drop[row + 1] ?? 0) + zr * jx + zx * jr
  }
  return sum([0, 2, 4].map((k) => power(drop, j.subarray(6 * node), k)))
}

/** V·conj(jB·V) over the half lines at a node: reactive only, as B is symmetric. */
function charging({ plan: { shunt }, state: { v } }: Solution, node: number): Kva {
  let kvar = 0
  for (let cell = 0; cell < 9; cell += 1) {
    const [row, column] = [6 * node + 2 * Math.trunc(cell / 3), 6 * node + 2 * (cell % 3)]
    const dot = (v[row] ?? 0) * (v[column] ?? 0) + (v[row + 1] ?? 0) * (v[column + 1] ?? 0)
    kvar -= (shunt[9 * node + cell] ?? 0) * dot
  }
  return [0, kvar * baseKva]
}

function power(v: Float64Array, j: Float64Array, k: number): Kva {
  const [vr, vx, jr, jx] = [v[k] ?? 0, v[k + 1] ?? 0, j[k] ?? 0, j[k + 1] ?? 0]
  return [baseKva * (vr * jr + vx * jx), baseKva * (vx * jr - vr * jx)]
}

function sum(all: Iterable<Kva>): Kva {
  let total: Kva = [0, 0]
  for (const [p, q] of all) total = [total[0] + p, total[1] + q]
  return total
}
