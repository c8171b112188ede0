// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { ahead, type Preparing } from './ahead.ts'
import { closeWithBlocks } from './close-with-blocks.ts'
import { dearerOf } from './dearer.ts'
import { ask, beginFilling, missing, total, type Filling, type Turn } from './filling.ts'
import { outcomeOf, sumOf, type Plan } from './plan.ts'
import type { Problem } from './problem.ts'
import { shareEqually } from './share-equally.ts'

/**
 * The fast allocation, near-linear in the number of DER: marginal-cost water filling. DER are asked in the order of their
 * price, each gives its best answer to what is still missing; blocks that are needed to close a gap come next, then the
 * dearest give back what is no longer needed, and stores prepare for what they could not give. With equal shares all give
 * the same part of what they can, in rounds.
 */
export function fill(problem: Problem): Plan {
  const state = beginFilling(problem)
  const turns = turnsOf(problem, missing(state))
  const [{ order } = { order: new Uint32Array() }] = turns
  const isEqual = problem.fairness === 'equal'
  if (isEqual) shareEqually(state)
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
  return state.plan
}

/** The direction in which most is missing comes first. */
function turnsOf({ ids, upPrice, downPrice }: Problem, wanted: Float64Array): readonly Turn[] {
  const net = wanted.reduce((sum, value) => sum + value, 0)
  const directions = net < 0 ? ([-1, 1] as const) : ([1, -1] as const)
  return directions
    .filter((direction) => wanted.some((want) => want * direction > 0))
    .map((direction) => {
      const price = direction > 0 ? upPrice : downPrice
      const order = Uint32Array.from(ids, (_, row) => row).toSorted((a, b) => price[a]! - price[b]! || a - b)
      return { direction, order }
    })
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
