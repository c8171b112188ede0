import { fill, gapOf, outcomeOf, problemOf, sampleDispatch, solveExactly } from '@gridloom/derms'
import { median } from './by-turns.ts'
import type { BenchFigure } from './figure.ts'

const steps = 12
const exactDers = 1000
const sizes = [1000, 10_000, 100_000, 1_000_000]

/** DER allocated a second over a horizon of 12 steps, against the exact solver with 1,000 DER. */
export async function benchDispatch(): Promise<BenchFigure[]> {
  const problem = problemOf(sampleDispatch({ ders: exactDers, steps, seed: 1 }))
  await solveExactly(problem)
  const started = performance.now()
  const exact = outcomeOf(problem, await solveExactly(problem))
  const referenceValue = exactDers / secondsSince(started)
  const gap = gapOf(outcomeOf(problem, fill(problem)), exact)
  process.stderr.write(`at ${exactDers} DER the fast allocation is ${(100 * gap).toFixed(2)} % above the optimum\n`)
  return sizes.map((ders) => {
    const value = ders / secondsOf(ders)
    const reference = `HiGHS, ${exactDers} DER`
    return {
      bench: 'dispatch',
      metric: `${ders} DER`,
      value,
      unit: 'DER/s',
      reference,
      referenceValue,
      ratio: value / referenceValue,
    }
  })
}

function secondsOf(ders: number): number {
  const problem = problemOf(sampleDispatch({ ders, steps, seed: 1 }))
  const runs = Array.from({ length: ders > 100_000 ? 1 : 3 }, () => {
    const started = performance.now()
    fill(problem)
    return secondsSince(started)
  })
  return median(runs)
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000
}
