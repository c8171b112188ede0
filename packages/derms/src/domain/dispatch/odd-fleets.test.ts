import assert from 'node:assert/strict'
import { createRandom } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { solveAsWritten } from './testing/as-written.ts'
import { DispatchFile } from './dispatch-file.ts'
import { solveExactly } from './exact.ts'
import { fillWithPrices } from './fill.ts'
import { lowerBound } from './lower-bound.ts'
import { oddFleet } from './testing/odd-fleet.ts'
import { outcomeOf } from './plan.ts'
import { problemOf } from './problem.ts'

it.each(Array.from({ length: 100 }, (_, n) => n + 1))(
  'has an optimum, a plan above it and a bound below it for odd fleet %i',
  async (seed) => {
    const problem = problemOf(DispatchFile.parse(oddFleet(createRandom(seed))))
    const { plan, prices } = fillWithPrices(problem)
    const exact = await solveExactly(problem)
    assert(exact instanceof Float64Array && prices)
    const { objective } = outcomeOf(problem, exact)
    const rounding = 1e-5 * (1 + objective)
    expect(Math.abs(objective - outcomeOf(problem, await solveAsWritten(problem)).objective)).toBeLessThan(rounding)
    expect(outcomeOf(problem, plan).objective).toBeGreaterThan(objective - 10 * rounding)
    expect(lowerBound(problem, prices)).toBeLessThan(objective + rounding)
  },
)

it('is mostly within a hundredth of the optimum even there, but for blocks', async () => {
  const gaps: number[] = []
  for (let seed = 101; seed <= 300; seed++) {
    const problem = problemOf(DispatchFile.parse(oddFleet(createRandom(seed))))
    if (problem.block.includes(1)) continue
    const exact = await solveExactly(problem)
    assert(exact instanceof Float64Array)
    const { objective } = outcomeOf(problem, exact)
    gaps.push((outcomeOf(problem, fillWithPrices(problem).plan).objective - objective) / Math.max(objective, 0.01))
  }
  expect(gaps.filter((gap) => gap > 0.01).length / gaps.length).toBeLessThan(0.1)
})
