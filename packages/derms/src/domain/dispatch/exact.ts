import highsModule, { type Highs, type ModelData } from 'highs'
import { exactModel } from './exact-model.ts'
import type { Plan } from './plan.ts'
import type { Problem } from './problem.ts'

// its types speak of a CommonJS module, what is loaded is an ES module
const loadHighs = highsModule as unknown as typeof highsModule.default
let loading: Promise<Highs> | undefined

/** DERs times steps that HiGHS is asked for: with more its memory does not last. */
const mostCells = 300_000

/** No optimum was found: the model is too large, or the time was too short. */
export type Unsolved = Readonly<{ reason: string }>

/**
 * The optimum of an allocation by HiGHS: a linear program, or a mixed-integer one where blocks are in the fleet or a store
 * would charge and discharge at once. Says so when there are too many DERs, or the seconds are too few.
 */
export async function solveExactly(problem: Problem, seconds = 60): Promise<Plan | Unsolved> {
  const cells = problem.ids.length * problem.steps
  if (cells > mostCells) return { reason: `${cells} DERs times steps are more than the ${mostCells} it is asked for` }
  const highs = await (loading ??= loadHighs())
  const started = performance.now()
  const oneWay = new Set<number>()
  for (;;) {
    const { model, planOf, bothWays } = exactModel(problem, oneWay)
    const left = seconds - (performance.now() - started) / 1000
    if (left <= 0) return { reason: `no optimum within ${seconds} s` }
    const solved = solve(highs, model.data(), left)
    if (solved === outOfTime) return { reason: `no optimum within ${seconds} s` }
    if (typeof solved === 'number') return { reason: `no optimum (model status ${solved})` }
    const both = bothWays(solved)
    if (both.every((cell) => oneWay.has(cell))) return planOf(solved)
    for (const cell of both) oneWay.add(cell)
  }
}

const optimal = 7
const outOfTime = 13

/** The values of the columns, or the status of a model without an optimum; 0 for one that is not taken at all. */
function solve(highs: Highs, data: ModelData, seconds: number): Float64Array | number {
  try {
    using model = highs.createModel(data)
    model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 1e-6 })
    const { modelStatus } = model.run()
    return modelStatus === optimal ? model.getSolution().colValue : modelStatus
  } catch {
    return 0
  }
}
