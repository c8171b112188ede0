// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { addDer, clearBlock, emptyBlock } from './der-block.ts'
import { sourcesOf, unitOf } from './der-source.ts'
import { ask, missing, type Direction, type Filling } from './filling.ts'
import { fleetProgram, type Group } from './fleet-program.ts'
import { solveBlocks } from './interior-point.ts'
import { costAtLeast } from './lower-bound.ts'
import { outcomeOf, sumOf } from './plan.ts'
import type { Problem } from './problem.ts'
import { shareEqually } from './share-equally.ts'

/** What a W of each step is worth, and the rows of each group. */
export type Prices = Readonly<{ groups: readonly Group[]; link: Float64Array; rows: Float64Array }>

/** Who is asked first in a direction. */
export type Orders = (direction: Direction) => Uint32Array

/** Beyond so many steps the interior point would take too long. */
const mostSteps = 144
const mostBands = 256

/**
 * Gives stores and slow DERs what an interior point finds best for the whole fleet; the others then fill in what is missing.
 * Says nothing, and leaves the plan alone, where there is no such answer.
 */
export function improve(state: Filling, orders: Orders): Prices | undefined {
  const { problem, plan, sum } = state
  const { steps, base, fairness } = problem
  if (steps > mostSteps) return undefined
  const fleet = fleetProgram(problem, { plan, mostGroups: mostGroups(problem), mostBands })
  const isMerged = fleet.groups.some(({ members }) => members.length > 1 && members !== fleet.simple)
  const { x, y, shared, linkPrice } = solveBlocks(fleet.program, {
    constant: costAtLeast(problem, unitOf(problem)),
    // what is lost by taking many as one is more than that
    tolerance: isMerged ? 3e-4 : 3e-5,
  })
  if (!x.every(Number.isFinite) || !y.every(Number.isFinite)) return undefined
  const tied = fleet.groups.filter(({ members }) => members !== fleet.simple)
  for (const group of tied) place(state, group, { x: x.subarray(group.firstColumn), shared })
  for (const row of fleet.simple) plan.set(base.subarray(row * steps, (row + 1) * steps), row * steps)
  sum.set(sumOf(problem, plan))
  if (fairness === 'equal') shareEqually(state, fleet.simple)
  askFor(state, orders, { rows: [fleet.simple] })
  const placed = plan.slice()
  askFor(state, orders, { rows: tied.map(({ members }) => members), keeps: true })
  if (outcomeOf(problem, plan).objective > outcomeOf(problem, placed).objective) {
    plan.set(placed)
    sum.set(sumOf(problem, plan))
  }
  return { groups: fleet.groups, link: linkPrice, rows: y }
}

type Whom = Readonly<{ rows: readonly Uint32Array[]; keeps?: boolean }>

/** Asks some rows for what is missing, the cheapest first; those that keep what they give are asked for more. */
function askFor(state: Filling, orders: Orders, { rows, keeps = false }: Whom): void {
  const isAsked = new Uint8Array(state.problem.ids.length)
  for (const some of rows) for (const row of some) isAsked[row] = 1
  for (const direction of [1, -1] as const) {
    if (!missing(state).some((want) => want * direction > 0)) continue
    const order = orders(direction).filter((row) => isAsked[row])
    ask(state, order, keeps ? { keeps } : { only: direction })
  }
}

type Solved = Readonly<{ x: Float64Array; shared: Float64Array }>

/** Each member takes the same part of its segments as the group; what it cannot do is left to the next one. */
function place({ problem, plan, respond }: Filling, { layout, block, members }: Group, { x, shared }: Solved): void {
  const { steps, base, min, max } = problem
  const { segments, columnsPerStep } = layout
  const source = sourcesOf(problem)
  const own = emptyBlock(layout)
  const wanted = new Float64Array(steps)
  const left = new Float64Array(steps)
  for (const row of members) {
    clearBlock(own)
    addDer(layout, own, source(row))
    for (let t = 0, cell = row * steps; t < steps; t++, cell++) {
      for (let n = 0, column = t * columnsPerStep; n < segments; n++, column++) {
        if (block.upper[column]! > 0) left[t]! += (x[column]! / block.upper[column]!) * own.upper[column]!
      }
      left[t]! += min[cell]! - base[cell]!
      const share = shared[t] ?? 1
      const least = share * (min[cell]! - base[cell]!)
      wanted[t] = Math.min(Math.max(left[t]!, least), share * (max[cell]! - base[cell]!))
    }
    respond(row, wanted, 'inTime')
    for (let t = 0, cell = row * steps; t < steps; t++, cell++) left[t]! -= plan[cell]! - base[cell]!
  }
}

/** As many as take some tenths of a second with a dozen steps; more where filling takes longer as well, and for long horizons. */
function mostGroups({ ids, steps, fairness }: Problem): number {
  const effort = fairness === 'equal' ? 40 * steps ** 2 + 1000 * steps : 6 * steps ** 2 + 600 * steps
  return Math.max(Math.floor((6e6 + 4e5 * steps + 20 * ids.length * steps) / effort), 16)
}
