import fc from 'fast-check'
import { expect, it } from 'vitest'
import { flowBoundOf, pooledBoundOf } from './bounds.ts'
import { optimumOf, relaxedPowerOf } from './exact.ts'
import { improveTrees } from './improve.ts'
import { growTrees, inGreedyOrder, servedPerClass, servedPower, type Load, type Source } from './trees.ts'

it('comes within m - 1 consumers of the optimum in the first class, and never beyond any bound', async () => {
  await fc.assert(
    fc.asyncProperty(sourcesOf(fc.constant(undefined)), loadsOf(fc.constant(undefined)), async (sources, loads) => {
      const { assignment } = growTrees(sources, loads)
      const optimum = await optimumOf(sources, loads)
      const first = loads[0]?.class ?? 0
      const best = optimum.servedPerClass[first] ?? 0
      const served = servedPerClass(assignment, loads).get(first) ?? 0
      expect(served).toBeLessThanOrEqual(best)
      expect(served).toBeGreaterThan(best - Math.max(sources.length, 1))
      const bound = pooledBoundOf(sources, loads)
      expect(best).toBeLessThanOrEqual(bound.firstClassCount)
      expect(optimum.servedKw).toBeLessThanOrEqual(bound.served / 1e6 + 1e-6)
    }),
    { numRuns: 25 },
  )
}, 60_000)

it('knows the largest flow across feeders that a linear program finds', async () => {
  await fc.assert(
    fc.asyncProperty(sourcesOf(feeder), loadsOf(feeder), async (sources, loads) => {
      const relaxed = await relaxedPowerOf(sources, loads)
      expect(flowBoundOf(sources, loads) / 1e6).toBeCloseTo(relaxed, 4)
      const { servedKw } = await optimumOf(sources, loads)
      expect(servedKw).toBeLessThanOrEqual(relaxed + 1e-6)
    }),
    { numRuns: 25 },
  )
}, 60_000)

it('lets starving consumers in by a move or a swap, puts nobody out and overloads nothing', () => {
  fc.assert(
    fc.property(sourcesOf(feeder), loadsOf(feeder), (sources, loads) => {
      const trees = growTrees(sources, loads)
      const before = new Set(trees.assignment.keys())
      const letIn = improveTrees(trees, loads)
      expect(new Set(trees.assignment.keys())).toEqual(new Set([...before, ...letIn]))
      for (const source of sources) {
        const members = loads.filter(({ id }) => trees.assignment.get(id) === source.id)
        expect(servedPower(trees.assignment, members)).toBeLessThanOrEqual(source.usable)
        expect(members.every((load) => (load.feeder ?? source.feeder) === (source.feeder ?? load.feeder))).toBe(true)
      }
    }),
  )
})

it('finds the swap that the greedy misses', () => {
  const sources = [rooted('a', 5), rooted('b', 6)]
  const loads = inGreedyOrder([drawing('c', 2), drawing('d', 4), drawing('e', 5)])
  const trees = growTrees(sources, loads)
  expect(trees.assignment.size).toBe(2)
  expect(improveTrees(trees, loads)).toEqual(['e'])
})

const feeder = fc.option(fc.constantFrom('north', 'south'), { nil: undefined })
const power = fc.integer({ min: 1, max: 400 }).map((tenths) => tenths * 100_000)

function sourcesOf(feeders: fc.Arbitrary<string | undefined>): fc.Arbitrary<Source[]> {
  const one = fc.record({ usable: power.map((watts) => 2 * watts), feeder: feeders })
  return fc.array(one, { maxLength: 4 }).map((list) => list.map((each, index) => ({ ...each, id: `g${index}` })))
}

function loadsOf(feeders: fc.Arbitrary<string | undefined>): fc.Arbitrary<readonly Load[]> {
  const one = fc.record({ class: fc.integer({ min: 0, max: 2 }), demand: power, feeder: feeders })
  const list = fc.array(one, { maxLength: 10 })
  return list.map((loads) => inGreedyOrder(loads.map((each, index) => ({ ...each, id: `c${index}` }))))
}

function rooted(id: string, usable: number): Source {
  return { id, usable }
}

function drawing(id: string, demand: number): Load {
  return { id, class: 0, demand }
}
