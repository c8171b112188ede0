// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { sumOf, type Plan } from './plan.ts'
import type { Problem } from './problem.ts'
import { responder, type Respond } from './respond.ts'

/** An allocation on its way: the plan so far, its sum in each step, and how a DER answers. */
export type Filling = Readonly<{ problem: Problem; plan: Plan; sum: Float64Array; respond: Respond }>

/** What is missing in each step: above zero more export, below zero less. */
export function missing({ problem: { low, high }, sum }: Filling): Float64Array {
  return sum.map((power, t) => gap(power, low[t]!, high[t]!))
}

export function gap(power: number, low: number, high: number): number {
  if (power < low) return low - power
  return power > high ? high - power : 0
}

export function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0)
}

/** Begins with everybody at the base. */
export function beginFilling(problem: Problem): Filling {
  const plan = problem.base.slice()
  return { problem, plan, sum: sumOf(problem, plan), respond: responder(problem, plan) }
}

/**
 * Asks one DER after the other: what it gave before is handed back, and it answers to what is then missing. Stores that
 * charge ahead of a peak go on doing so when that is wished.
 */
export function ask({ problem, plan, sum, respond }: Filling, order: Uint32Array, keepCharge = false): void {
  const { steps, base, low, high, storage } = problem
  const wanted = new Float64Array(steps)
  for (const row of order) {
    const first = row * steps
    for (let t = 0; t < steps; t++) {
      sum[t]! -= plan[first + t]!
      const short = gap(sum[t]! + base[first + t]!, low[t]!, high[t]!)
      const isAhead = keepCharge && short === 0 && storage[row] !== undefined
      wanted[t] = isAhead ? Math.min(plan[first + t]! - base[first + t]!, 0) : short
    }
    respond(row, wanted)
    for (let t = 0; t < steps; t++) sum[t]! += plan[first + t]!
  }
}
