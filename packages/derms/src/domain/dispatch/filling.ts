// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { sumOf, type Plan } from './plan.ts'
import type { Problem } from './problem.ts'
import { responder, type Respond } from './respond.ts'

/** 1: more export; -1: less of it. */
export type Direction = 1 | -1

/** A direction in which something is missing, and who is asked for it, cheapest first. */
export type Turn = Readonly<{ direction: Direction; order: Uint32Array }>

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

/** Begins with everybody at the base, or as near to it as the energy of a store allows. */
export function beginFilling(problem: Problem): Filling {
  const plan = problem.base.slice()
  const respond = responder(problem, plan)
  const nothing = new Float64Array(problem.steps)
  problem.storage.forEach((store, row) => {
    if (store) respond(row, nothing)
  })
  return { problem, plan, sum: sumOf(problem, plan), respond }
}

/** How DERs are asked. */
export type Asking = Readonly<{
  /** Answers to what is missing in this direction alone; what a DER gives in the other one stays. */
  only?: Direction
  /** Stores go on with what prepares for this direction. */
  ahead?: Direction
  /** What a DER gives stays, and it answers to what is missing beside. */
  keeps?: boolean
}>

/** Asks one DER after the other: what it gave before is handed back, and it answers to what is then missing. */
export function ask(
  { problem, plan, sum, respond }: Filling,
  order: Uint32Array,
  { only, ahead, keeps = false }: Asking = {},
): void {
  const { steps, base, low, high, storage } = problem
  const wanted = new Float64Array(steps)
  for (const row of order) {
    const first = row * steps
    const prepares = ahead !== undefined && storage[row] !== undefined
    for (let t = 0; t < steps; t++) {
      const given = plan[first + t]! - base[first + t]!
      sum[t]! -= plan[first + t]!
      const short = gap(sum[t]! + base[first + t]!, low[t]!, high[t]!)
      const isOther = only !== undefined && only * short < 0
      const isAhead = prepares && ahead * given < 0 && ahead * short <= 0 && Math.abs(given) > Math.abs(short)
      const beside = keeps ? given + gap(sum[t]! + plan[first + t]!, low[t]!, high[t]!) : short
      wanted[t] = isOther || isAhead ? given : beside
    }
    respond(row, wanted)
    for (let t = 0; t < steps; t++) sum[t]! += plan[first + t]!
  }
}
