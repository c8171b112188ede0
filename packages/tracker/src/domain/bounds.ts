import { sum } from './order.ts'
import type { Load, Source } from './trees.ts'

type Bound = Readonly<{ firstClassCount: number; served: number }>

/** What no matching can exceed: all generators as one pool; `loads` in greedy order. */
export function pooledBoundOf(sources: readonly Source[], loads: readonly Load[]): Bound {
  const pool = sum(sources, ({ usable }) => usable)
  let left = pool
  let firstClassCount = 0
  for (const load of loads) {
    left -= load.demand
    if (load.class !== loads[0]?.class || left < 0) break
    firstClassCount++
  }
  return {
    firstClassCount,
    served: Math.min(
      pool,
      sum(loads, ({ demand }) => demand),
    ),
  }
}

/**
 * The largest flow from generators to consumers when consumers may be split: an upper bound on the power served. Restrictions
 * go by feeder, so the flow is known without a search: what only the own feeder can use is used first.
 */
export function flowBoundOf(sources: readonly Source[], loads: readonly Load[]): number {
  const supply = totals(sources, ({ usable }) => usable)
  const demand = totals(loads, (load) => load.demand)
  let [served, spare, lacking] = [0, 0, 0]
  for (const feeder of new Set([...supply.keys(), ...demand.keys()])) {
    if (feeder === undefined) continue
    const [has, wants] = [supply.get(feeder) ?? 0, demand.get(feeder) ?? 0]
    served += Math.min(has, wants)
    spare += Math.max(has - wants, 0)
    lacking += Math.max(wants - has, 0)
  }
  const anywhere = demand.get(undefined) ?? 0
  const fromSpare = Math.min(anywhere, spare)
  return served + fromSpare + Math.min(supply.get(undefined) ?? 0, lacking + anywhere - fromSpare)
}

function totals<T extends Readonly<{ feeder?: string | undefined }>>(items: readonly T[], amount: (item: T) => number) {
  const byFeeder = new Map<string | undefined, number>()
  for (const item of items) byFeeder.set(item.feeder, (byFeeder.get(item.feeder) ?? 0) + amount(item))
  return byFeeder
}
