// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Problem } from './problem.ts'

/** What an allocation comes to. Wh and W; costs in the currency of the prices. */
export type Outcome = Readonly<{
  /** What is minimised: cost and missed energy at its price; with equal shares the largest share of each step in place of the cost. */
  objective: number
  cost: number
  shortfallWh: number
  perStep: readonly Readonly<{ sumW: number; lowW: number | null; highW: number | null; missedW: number }>[]
}>

/** Power of each DER in each step, as the columns of the problem. */
export type Plan = Float64Array

/** Judges a plan, whoever made it. */
export function outcomeOf(problem: Problem, plan: Plan): Outcome {
  const { steps, stepHours, low, high, fairness, shortfallPrice } = problem
  const sum = sumOf(problem, plan)
  const perStep = Array.from({ length: steps }, (_, t) => {
    const sumW = sum[t] ?? 0
    const lowW = low[t] ?? -Infinity
    const highW = high[t] ?? Infinity
    return { sumW, lowW: finite(lowW), highW: finite(highW), missedW: missed(sumW, lowW, highW) }
  })
  const shortfallWh = perStep.reduce((total, { missedW }) => total + missedW * stepHours, 0)
  const cost = costOf(problem, plan)
  const spent = fairness === 'equal' ? largestShares(problem, plan) : cost
  return { objective: spent + (shortfallPrice * shortfallWh) / 1000, cost, shortfallWh, perStep }
}

/** Below a hundred-thousandth of the sum, or ten milliwatts, a difference is rounding. */
function missed(sum: number, low: number, high: number): number {
  const off = Math.max(low - sum, sum - high, 0)
  return off <= 1e-5 * Math.max(1000, Math.abs(sum)) ? 0 : off
}

/** The sum of all powers, per step. */
export function sumOf({ steps, ids }: Problem, plan: Plan): Float64Array {
  const sum = new Float64Array(steps)
  for (let row = 0, cell = 0; row < ids.length; row++) {
    for (let t = 0; t < steps; t++, cell++) sum[t]! += plan[cell]!
  }
  return sum
}

function costOf({ ids, steps, stepHours, base, upPrice, downPrice }: Problem, plan: Plan): number {
  let cost = 0
  for (let row = 0, cell = 0; row < ids.length; row++) {
    for (let t = 0; t < steps; t++, cell++) {
      const moved = plan[cell]! - base[cell]!
      cost += moved > 0 ? moved * upPrice[row]! : -moved * downPrice[row]!
    }
  }
  return (cost * stepHours) / 1000
}

/** For each step the largest share that anyone gives of what it could; their sum. */
function largestShares({ ids, steps, base, min, max }: Problem, plan: Plan): number {
  const largest = new Float64Array(steps)
  for (let row = 0, cell = 0; row < ids.length; row++) {
    for (let t = 0; t < steps; t++, cell++) {
      const moved = plan[cell]! - base[cell]!
      const room = moved > 0 ? max[cell]! - base[cell]! : base[cell]! - min[cell]!
      if (room > 0) largest[t] = Math.max(largest[t]!, Math.abs(moved) / room)
    }
  }
  return largest.reduce((total, share) => total + share, 0)
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
