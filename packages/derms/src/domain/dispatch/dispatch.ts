import { DispatchFile } from './dispatch-file.ts'
import { solveExactly } from './exact.ts'
import { fillWithPrices } from './fill.ts'
import { lowerBound } from './lower-bound.ts'
import { outcomeOf, type Outcome, type Plan } from './plan.ts'
import { problemOf, type Problem } from './problem.ts'

/** One allocation solved: what each DER does, what it comes to, and how far that is from the optimum. */
export type Dispatched = Readonly<{
  method: 'fill' | 'exact'
  status: 'met' | 'short'
  /** Of the fast method. */
  outcome: Outcome
  /** No plan has an objective below this; absent where the horizon is too long for it. */
  bound?: number
  /** How far the objective of the fast method is above the bound, as a share of it; it is no further above the optimum. */
  aboveBound?: number
  /** How far it is above the exact optimum; only when that was asked for and found. */
  gap?: number
  exact?: Outcome
  /** Why the exact optimum was asked for and not found. */
  unsolved?: string
  setpoints: readonly Readonly<{ id: string; W: readonly number[] }>[]
}>

export type DispatchOptions = Readonly<{ exact?: boolean; seconds?: number }>

/** Solves one allocation file fast; with `exact` also to the optimum, whose plan is then the answer. */
export async function dispatch(input: unknown, { exact = false, seconds }: DispatchOptions = {}): Promise<Dispatched> {
  const problem = problemOf(DispatchFile.parse(input))
  const { plan: filled, prices } = fillWithPrices(problem)
  const fast = outcomeOf(problem, filled)
  // the plan is no worse than its bound but by rounding
  const bound = prices && Math.min(lowerBound(problem, prices), fast.objective)
  const bounded = bound === undefined ? {} : { bound, aboveBound: gapOf(fast.objective, bound) }
  const solved = exact ? await solveExactly(problem, seconds) : undefined
  if (solved instanceof Float64Array) {
    const best = outcomeOf(problem, solved)
    const gap = gapOf(fast.objective, best.objective)
    const answer = { status: statusOf(best), setpoints: setpointsOf(problem, solved) }
    return { method: 'exact', outcome: fast, ...bounded, gap, exact: best, ...answer }
  }
  const answer = { status: statusOf(fast), setpoints: setpointsOf(problem, filled) }
  return { method: 'fill', outcome: fast, ...bounded, ...(solved && { unsolved: solved.reason }), ...answer }
}

/** How far an objective is above the best or a bound of it, as a share of that. */
export function gapOf(objective: number, best: number): number {
  const above = objective - best
  return Math.abs(above) < 1e-9 ? 0 : above / Math.max(Math.abs(best), 1e-9)
}

function statusOf({ shortfallWh }: Outcome): Dispatched['status'] {
  return shortfallWh > 0 ? 'short' : 'met'
}

function setpointsOf({ ids, steps }: Problem, plan: Plan): Dispatched['setpoints'] {
  return ids.map((id, row) => ({ id, W: Array.from(plan.subarray(row * steps, (row + 1) * steps)) }))
}
