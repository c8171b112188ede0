// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { limiter, type Limits } from './limits.ts'
import type { Problem, Storage } from './problem.ts'

/** One DER as a block is made of it: W in each step, and what a W over a step costs above and below the base. */
export type DerSource = Readonly<{
  base: Float64Array
  min: Float64Array
  max: Float64Array
  up: number
  down: number
  now: number
  store: Storage | undefined
  limits: Limits
  stepHours: number
}>

/** The rows of a problem as blocks are made of them; what is returned is good until the next row is asked for. */
export function sourcesOf(problem: Problem): (row: number) => DerSource {
  const { steps, stepHours, base, min, max, now, storage, upPrice, downPrice } = problem
  const limitsOf = limiter(problem)
  const unit = unitOf(problem)
  return (row) => {
    const [first, end] = [row * steps, (row + 1) * steps]
    return {
      base: base.subarray(first, end),
      min: min.subarray(first, end),
      max: max.subarray(first, end),
      up: upPrice[row]! * unit,
      down: downPrice[row]! * unit,
      now: now[row]!,
      store: storage[row],
      limits: limitsOf(row),
      stepHours,
    }
  }
}

/** What a price of 1 per kWh makes of a W over a step; nothing where shares count and not money. */
export function unitOf({ fairness, stepHours }: Problem): number {
  return fairness === 'equal' ? 0 : stepHours / 1000
}
