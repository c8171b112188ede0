import { flowBoundOf, pooledBoundOf } from './bounds.ts'
import { kwOf, milliwattsOf } from './milliwatts.ts'
import type { MatchGiven } from './region-file.ts'
import { growTrees, inGreedyOrder, repairTrees, servedPerClass, servedPower, type Load, type Trees } from './trees.ts'

/** Matches consumers to generators (§4): smallest first, best fit; trees that stand are kept when nobody loses by it. */
export function matchConsumers(given: MatchGiven) {
  const { sources, loads } = openMatch(given)
  const { firstClassCount, served } = pooledBoundOf(sources, loads)
  const pooledBound = { firstClassCount, servedKw: kwOf(served) }
  const isDivided = sources.some(({ feeder }) => feeder !== undefined)
  const bounds = { pooledBound, ...(isDivided && { flowBound: { servedKw: kwOf(flowBoundOf(sources, loads)) } }) }
  if (!given.previous) return { greedy: describe(growTrees(sources, loads), loads), ...bounds }

  const before = new Map(Object.entries(given.previous))
  const { trees, stickyKept } = repairTrees(sources, loads, before)
  const moved = [...trees.assignment].filter(([id, generator]) => before.get(id) !== generator).map(([id]) => id)
  return { greedy: { ...describe(trees, loads), stickyKept, moved: moved.toSorted() }, ...bounds }
}

/** What a file gives, in milliwatts and in greedy order. */
export function openMatch({ generators, consumers }: MatchGiven) {
  const sources = generators.map(({ usableKw, ...generator }) => ({ ...generator, usable: milliwattsOf(usableKw) }))
  const loads = consumers.map(({ demandKw, ...consumer }) => ({ ...consumer, demand: milliwattsOf(demandKw) }))
  return { sources, loads: inGreedyOrder(loads) }
}

function describe({ assignment, residuals }: Trees, loads: readonly Load[]) {
  const starving = loads.filter(({ id }) => !assignment.has(id)).map(({ id }) => id)
  return {
    assignment: Object.fromEntries(assignment),
    residualKw: Object.fromEntries(residuals.entries().map(([id, free]) => [id, kwOf(free)])),
    servedPerClass: Object.fromEntries(servedPerClass(assignment, loads)),
    servedKw: kwOf(servedPower(assignment, loads)),
    starving: starving.toSorted(),
  }
}
