import { expect, it } from 'vitest'
import { byPrice } from './by-price.ts'
import { DispatchFile } from './dispatch-file.ts'
import { problemOf } from './problem.ts'

const problem = problemOf(
  DispatchFile.parse({
    format: 'dispatch/1',
    horizon: { stepSeconds: 3600, steps: 1 },
    request: { kind: 'target', targetW: 0 },
    fleet: [0.4, 0.1, 0.4, 0.2].map((upPrice, n) => ({ id: `der-${n}`, minW: 0, maxW: 1000 * (n + 1), upPrice })),
  }),
)

it('takes those of one price together, the cheapest first', () => {
  const { bandOf, room, cost } = byPrice(problem, Uint32Array.of(0, 1, 2, 3), 1, 10)
  expect(Array.from(bandOf)).toEqual([2, 0, 2, 1])
  expect(Array.from(room)).toEqual([2000, 4000, 4000])
  expect(Array.from(cost, (price) => price * 1000)).toEqual([0.1, 0.2, 0.4].map((price) => expect.closeTo(price, 12)))
})

it('takes neighbours together where there are too many prices', () => {
  const { bandOf, cost } = byPrice(problem, Uint32Array.of(0, 1, 2, 3), 1, 2)
  expect(Array.from(bandOf)).toEqual([1, 0, 1, 0])
  expect(cost[0]).toBeCloseTo((0.1 * 2000 + 0.2 * 4000) / 6000 / 1000, 12)
})
