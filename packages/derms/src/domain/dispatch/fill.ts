// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { chargeAhead } from './charge-ahead.ts'
import { closeWithBlocks } from './close-with-blocks.ts'
import { dearerOf } from './dearer.ts'
import { ask, beginFilling, missing, total, type Filling } from './filling.ts'
import { outcomeOf, sumOf, type Plan } from './plan.ts'
import type { Problem } from './problem.ts'
import { shareEqually } from './share-equally.ts'

/**
 * The fast allocation, near-linear in the number of DER: marginal-cost water filling. DER are asked in the order of their
 * price, each gives its best answer to what is still missing; blocks that are needed to close a gap come next, then the
 * dearest give back what is no longer needed. With equal shares all give the same part of what they can, in rounds.
 */
export function fill(problem: Problem): Plan {
  const state = beginFilling(problem)
  const order = orderOf(problem, missing(state))
  if (problem.fairness === 'equal') shareEqually(state)
  ask(state, order)
  closeWithBlocks(state, order)
  const movable = order.filter((row) => !problem.block[row])
  ask(state, movable.toReversed())
  if (total(missing(state)) > 0) ask(state, movable)
  if (problem.fairness === 'equal') chargeAhead(state, movable, undefined)
  else displace(state, movable)
  return state.plan
}

/** Stores charge ahead also to relieve those who are dearer; kept when it makes the whole cheaper. */
function displace(state: Filling, order: Uint32Array): void {
  const { problem, plan, sum } = state
  const before = { plan: plan.slice(), objective: outcomeOf(problem, plan).objective }
  chargeAhead(state, order, dearerOf(problem, plan, order))
  sum.set(sumOf(problem, plan))
  ask(state, order.toReversed(), true)
  if (outcomeOf(problem, plan).objective <= before.objective) return
  plan.set(before.plan)
  sum.set(sumOf(problem, plan))
  chargeAhead(state, order, undefined)
}

/** Cheapest first, in the direction in which most is missing. */
function orderOf({ ids, upPrice, downPrice }: Problem, wanted: Float64Array): Uint32Array {
  const net = wanted.reduce((sum, value) => sum + value, 0)
  const price = net >= 0 ? upPrice : downPrice
  return Uint32Array.from(ids, (_, row) => row).toSorted((a, b) => price[a]! - price[b]! || a - b)
}
