// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { ahead, type Preparing } from './ahead.ts'
import { closeWithBlocks } from './close-with-blocks.ts'
import { dearerOf } from './dearer.ts'
import { ask, beginFilling, missing, total, type Direction, type Filling, type Turn } from './filling.ts'
import { improve, type Orders, type Prices } from './improve.ts'
import { outcomeOf, sumOf, type Outcome, type Plan } from './plan.ts'
import type { Problem } from './problem.ts'
import { shareEqually } from './share-equally.ts'

/** The fast allocation, near-linear in the number of DER. */
export function fill(problem: Problem): Plan {
  return fillWithPrices(problem).plan
}

/** A fast plan, and the prices that bound what any plan can cost; none where it did without them. */
export type Filled = Readonly<{ plan: Plan; prices: Prices | undefined }>

/**
 * Marginal-cost water filling, and then what an interior point makes of it, with the blocks that were switched and without;
 * the best plan is kept.
 */
export function fillWithPrices(problem: Problem): Filled {
  const state = beginFilling(problem)
  const orders = ordersOf(problem)
  pour(state, orders)
  const filled = state.plan.slice()
  const prices = improve(state, orders)
  const plans: Plan[] = prices ? [filled, state.plan.slice()] : [filled]
  if (prices && releaseBlocks(state, filled) && improve(state, orders)) plans.push(state.plan)
  return { plan: bestOf(problem, plans), prices }
}

/**
 * DER are asked in the order of their price, each gives its best answer to what is still missing; blocks that are needed to
 * close a gap come next, then the dearest give back what is no longer needed, and stores prepare for what they could not
 * give. With equal shares all give the same part of what they can, in rounds.
 */
function pour(state: Filling, orders: Orders): void {
  const { problem } = state
  const turns = turnsOf(missing(state), orders)
  const [{ order } = { order: new Uint32Array() }] = turns
  const isEqual = problem.fairness === 'equal'
  if (isEqual) shareEqually(state, Uint32Array.from(problem.ids.keys()))
  // where both directions are missing each has its own order before stores bring them together
  if (!isEqual && turns.length > 1) for (const turn of turns) ask(state, turn.order, { only: turn.direction })
  ask(state, order)
  closeWithBlocks(state, order)
  const movable = turns.map((turn) => ({ ...turn, order: turn.order.filter((row) => !problem.block[row]) }))
  for (const turn of movable) ask(state, turn.order.toReversed())
  for (const turn of movable) {
    if (total(missing(state)) > 0) ask(state, turn.order)
    prepare(state, turn, turns.length > 1)
  }
}

/** Puts blocks back to their base; false when none was moved. */
function releaseBlocks({ problem, plan, sum }: Filling, filled: Plan): boolean {
  const { steps, base, block } = problem
  plan.set(filled)
  let isMoved = false
  for (let cell = 0; cell < plan.length; cell++) {
    if (block[Math.floor(cell / steps)] !== 1 || plan[cell] === base[cell]) continue
    plan[cell] = base[cell]!
    isMoved = true
  }
  sum.set(sumOf(problem, plan))
  return isMoved
}

/** The plan with the least objective, of equal ones the first; one that is short where another is not must be better by far. */
function bestOf(problem: Problem, plans: readonly Plan[]): Plan {
  const judged = plans.map((plan) => ({ plan, outcome: outcomeOf(problem, plan) }))
  return judged.reduce((best, one) => (isBetter(one.outcome, best.outcome) ? one : best)).plan
}

function isBetter(one: Outcome, other: Outcome): boolean {
  const [isShort, wasShort] = [one.shortfallWh > 0, other.shortfallWh > 0]
  const margin = isShort === wasShort ? 1 - 1e-6 : isShort ? 0.999 : 1.001
  return one.objective < other.objective * margin
}

/** Rows by their price in a direction, sorted when they are first asked for. */
function ordersOf({ ids, upPrice, downPrice }: Problem): Orders {
  const known = new Map<Direction, Uint32Array>()
  return (direction) => {
    const price = direction > 0 ? upPrice : downPrice
    const order =
      known.get(direction) ?? Uint32Array.from(ids.keys()).toSorted((a, b) => price[a]! - price[b]! || a - b)
    known.set(direction, order)
    return order
  }
}

/** The direction in which most is missing comes first. */
function turnsOf(wanted: Float64Array, orders: Orders): readonly Turn[] {
  const net = wanted.reduce((sum, value) => sum + value, 0)
  const directions = net < 0 ? ([-1, 1] as const) : ([1, -1] as const)
  return directions
    .filter((direction) => wanted.some((want) => want * direction > 0))
    .map((direction) => ({ direction, order: orders(direction) }))
}

/** Stores prepare in each way that may help, from the same beginning; the best is kept. The dearest then give back first. */
function prepare(state: Filling, turn: Turn, isMixed: boolean): void {
  const { problem, plan, sum } = state
  const begun = plan.slice()
  let best = { plan: begun, objective: outcomeOf(problem, plan).objective }
  for (const way of waysOf(state, turn, isMixed)) {
    plan.set(begun)
    sum.set(sumOf(problem, plan))
    ahead(state, turn, way)
    sum.set(sumOf(problem, plan))
    const others = way.standsIn ? turn.order.filter((row) => !problem.storage[row]) : new Uint32Array()
    ask(state, others.toReversed())
    ask(state, turn.order.toReversed(), { ahead: turn.direction })
    const { objective } = outcomeOf(problem, plan)
    if (objective <= best.objective) best = { plan: plan.slice(), objective }
  }
  plan.set(best.plan)
  sum.set(sumOf(problem, plan))
}

/** With equal shares nobody is dearer; to stand in for others helps where both directions are missing. */
function waysOf({ problem, plan }: Filling, turn: Turn, isMixed: boolean): readonly Preparing[] {
  const dearer = () => (problem.fairness === 'equal' ? undefined : dearerOf(problem, plan, turn))
  const ways = isMixed ? [false, true] : [false]
  return ways.map((standsIn) => ({ dearer: dearer(), standsIn }))
}
