import { DispatchFile } from './dispatch-file.ts'
import { solveExactly } from './exact.ts'
import { fill } from './fill.ts'
import { outcomeOf, type Outcome, type Plan } from './plan.ts'
import { problemOf, type Problem } from './problem.ts'

/** One allocation solved: what each DER does, what it comes to, and how far that is from the optimum. */
export type Dispatched = Readonly<{
  method: 'fill' | 'exact'
  status: 'met' | 'short'
  outcome: Outcome
  /** Of the objective, above that of the exact optimum, as a share of it; only when that was asked for. */
  gap?: number
  exact?: Outcome
  setpoints: readonly Readonly<{ id: string; W: readonly number[] }>[]
}>

/** Solves one allocation file fast; with `exact` also to the optimum, whose plan is then the answer. */
export async function dispatch(input: unknown, { exact = false } = {}): Promise<Dispatched> {
  const problem = problemOf(DispatchFile.parse(input))
  const filled = fill(problem)
  const fast = outcomeOf(problem, filled)
  if (!exact) return { method: 'fill', status: statusOf(fast), outcome: fast, setpoints: setpointsOf(problem, filled) }
  const plan = await solveExactly(problem)
  const best = outcomeOf(problem, plan)
  return {
    method: 'exact',
    status: statusOf(best),
    outcome: fast,
    gap: gapOf(fast, best),
    exact: best,
    setpoints: setpointsOf(problem, plan),
  }
}

/** How much a plan costs above the optimum, as a share of the optimum. */
export function gapOf({ objective }: Outcome, best: Outcome): number {
  const above = objective - best.objective
  return Math.abs(above) < 1e-9 ? 0 : above / Math.max(Math.abs(best.objective), 1e-9)
}

function statusOf({ shortfallWh }: Outcome): Dispatched['status'] {
  return shortfallWh > 0 ? 'short' : 'met'
}

function setpointsOf({ ids, steps }: Problem, plan: Plan): Dispatched['setpoints'] {
  return ids.map((id, row) => ({ id, W: Array.from(plan.subarray(row * steps, (row + 1) * steps)) }))
}
