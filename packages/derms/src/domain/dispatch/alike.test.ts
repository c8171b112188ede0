import { expect, it } from 'vitest'
import { alike } from './alike.ts'
import { DispatchFile } from './dispatch-file.ts'
import { problemOf } from './problem.ts'

it('leaves everybody alone while there is room', () => {
  expect(grouped(4, 4)).toEqual([[0], [1], [2], [3]])
})

it('parts those first that differ most', () => {
  expect(grouped(6, 2)).toEqual([
    [0, 2, 4],
    [1, 3, 5],
  ])
})

it('makes no more groups than there are differences', () => {
  expect(grouped(6, 5)).toHaveLength(2)
})

/** Stores that are either large or small. */
function grouped(count: number, most: number): number[][] {
  const fleet = Array.from({ length: count }, (_, n) => {
    const storage = { energyWh: 100, capacityWh: n % 2 === 0 ? 1000 : 9000 }
    return { id: `store-${n}`, minW: -1000, maxW: 1000, storage }
  })
  const problem = problemOf(
    DispatchFile.parse({
      format: 'dispatch/1',
      horizon: { stepSeconds: 3600, steps: 12 },
      request: { kind: 'limit', importLimitW: 0 },
      fleet,
    }),
  )
  const groups = alike(
    problem,
    Uint32Array.from({ length: count }, (_, n) => n),
    most,
  )
  return groups.map((rows) => Array.from(rows).toSorted((a, b) => a - b)).toSorted(([a = 0], [b = 0]) => a - b)
}
