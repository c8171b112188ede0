import { fillWithPrices, gapOf, lowerBound, outcomeOf, problemOf, sampleDispatch, solveExactly } from '@gridloom/derms'
import { median } from './by-turns.ts'
import type { BenchFigure } from './figure.ts'

const steps = 12
const exactDers = 1000
const contests = [
  { fairness: 'price', kind: '', sizes: [1000, 10_000, 100_000, 1_000_000] },
  { fairness: 'equal', kind: ', equal shares', sizes: [1000, 10_000] },
] as const

/** DER allocated a second over a horizon of 12 steps, against the exact solver with 1,000 DER; gaps go to stderr. */
export async function benchDispatch(): Promise<BenchFigure[]> {
  const figures: BenchFigure[] = []
  for (const { fairness, kind, sizes } of contests) {
    const problem = problemOf(sampleDispatch({ ders: exactDers, steps, seed: 1, fairness }))
    await solveExactly(problem)
    const started = performance.now()
    const plan = await solveExactly(problem)
    const referenceValue = exactDers / secondsSince(started)
    const best = plan instanceof Float64Array ? outcomeOf(problem, plan).objective : undefined
    for (const ders of sizes) {
      const { seconds, objective, bound } = timed(ders, fairness)
      const value = ders / seconds
      const metric = `${ders} DER${kind}`
      const off = ders === exactDers && best !== undefined ? `${percent(objective, best)} above the optimum, ` : ''
      process.stderr.write(`${metric}: ${off}at most ${percent(objective, bound)} above it by its own bound\n`)
      const reference = `HiGHS, ${exactDers} DER${kind}`
      figures.push({
        bench: 'dispatch',
        metric,
        value,
        unit: 'DER/s',
        reference,
        referenceValue,
        ratio: value / referenceValue,
      })
    }
  }
  return figures
}

function timed(ders: number, fairness: 'price' | 'equal') {
  const problem = problemOf(sampleDispatch({ ders, steps, seed: 1, fairness }))
  const runs = Array.from({ length: ders > 10_000 ? 1 : 3 }, () => {
    const started = performance.now()
    const filled = fillWithPrices(problem)
    return { ...filled, seconds: secondsSince(started) }
  })
  const [{ plan, prices } = fillWithPrices(problem)] = runs
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    objective: outcomeOf(problem, plan).objective,
    bound: prices ? lowerBound(problem, prices) : 0,
  }
}

function percent(objective: number, best: number): string {
  return `${(100 * gapOf(objective, best)).toFixed(2)} %`
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000
}
