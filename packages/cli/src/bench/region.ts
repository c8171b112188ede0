import { createRandom } from '@gridloom/kit'
import {
  decideRegion,
  drawRegion,
  growTrees,
  inGreedyOrder,
  pooledBoundOf,
  servedPower,
  type DrawnRegion,
  type Snapshot,
} from '@gridloom/tracker'
import { median } from './by-turns.ts'
import type { BenchFigure } from './figure.ts'

const sizes = [
  [100, 10],
  [1000, 10],
  [10_000, 100],
  [100_000, 100],
  [100_000, 1000],
] as const
const rounds = 5

/**
 * Matching consumers to generators, by the greedy over sorted residuals against a scan of all generators for each consumer;
 * and how much of the pooled bound, which no matching exceeds, is served.
 */
export async function benchRegion(): Promise<BenchFigure[]> {
  const matches = sizes.flatMap(([consumers, generators]) => {
    const region = drawRegion(consumers, generators, { random: createRandom(`region/${consumers}/${generators}`).next })
    match(region)
    scan(region)
    const times = Array.from(
      { length: rounds },
      () => [seconds(() => match(region)), seconds(() => scan(region))] as const,
    )
    const [own, other] = [median(times.map(([time]) => time)), median(times.map(([, time]) => time))]
    const { served, bound, agrees } = compare(region)
    if (!agrees) throw new Error('the greedy and the scan do not serve the same')
    const gap = 100 * (1 - served / bound)
    process.stderr.write(
      `${consumers} consumers on ${generators} generators: ${(1000 * own).toFixed(1)} ms, ${gap.toFixed(4)} % below the bound\n`,
    )
    const size = `${consumers} on ${generators}`
    const rate = { bench: 'region', metric: `match ${size}`, unit: 'consumers/s', reference: 'scan of all generators' }
    const share = { bench: 'region', metric: `served ${size}`, unit: '% of the bound', reference: 'pooled bound' }
    return [
      { ...rate, value: consumers / own, referenceValue: consumers / other, ratio: other / own },
      { ...share, value: (100 * served) / bound, referenceValue: 100, ratio: served / bound },
    ]
  })
  return [...matches, benchRound()]
}

// A tracker that works for half of its period should have fewer peers.
const mostSeconds = 1

/** A whole round of a running region, balance and trees after those of the round before; against one of a tenth of the size. */
function benchRound(): BenchFigure {
  const [small, large] = [snapshotOf(10_000, 100), snapshotOf(100_000, 1000)]
  decideRegion(large)
  const times = Array.from(
    { length: rounds },
    () => [seconds(() => decideRegion(large)), seconds(() => decideRegion(small))] as const,
  )
  const [own, other] = [median(times.map(([time]) => time)), median(times.map(([, time]) => time))]
  const split = Math.round((100_000 * mostSeconds) / own)
  process.stderr.write(
    `round of 100000 consumers: ${(1000 * own).toFixed(0)} ms; split a region before ${split} consumers\n`,
  )
  const [value, referenceValue] = [100_000 / own, 10_000 / other]
  const names = { bench: 'region', metric: 'round 100000 on 1000', unit: 'consumers/s', reference: '10000 on 100' }
  return { ...names, value, referenceValue, ratio: value / referenceValue }
}

/** A drawn region a moment after a round: a third of its generators each stochastic, fixed and continuous, and loads have changed. */
function snapshotOf(consumers: number, generators: number): Snapshot {
  const random = createRandom(`region/round/${consumers}`).next
  const { sources, loads } = drawRegion(consumers, generators, { random })
  const snapshot = (drift: () => number, previous: Snapshot['previous']): Snapshot => ({
    safety: 0.1,
    stochasticHeadroom: 1,
    storages: [],
    previous,
    generators: sources.map(({ id, usable }, index) => {
      const capacityKw = usable / 0.9e6
      if (index % 3 === 0) return { id, kind: 'stochastic', capacityKw, availableKw: capacityKw * drift() }
      if (index % 3 === 1) return { id, kind: 'fixed', capacityKw, online: true }
      return { id, kind: 'continuous', capacityKw, outputKw: capacityKw / 2, merit: index }
    }),
    consumers: loads.map((load) => {
      const kw = (drift() * load.demand) / 1e6
      return {
        id: load.id,
        class: load.class,
        stochasticKw: 0.8 * kw,
        deferrableKw: 0.2 * kw,
        drKw: 0.2 * kw,
        shed: false,
      }
    }),
  })
  const { trees } = decideRegion(snapshot(() => 1, new Map()))
  const rooted = trees.flatMap((tree) => tree.consumers.map(({ id }) => [id, tree.generator] as const))
  return snapshot(() => 0.98 + 0.04 * random(), new Map(rooted))
}

function match({ sources, loads }: DrawnRegion) {
  return growTrees(sources, inGreedyOrder(loads))
}

/** The same rule without an order among the residuals: the generator with the least that still fits, found by looking at all. */
function scan({ sources, loads }: DrawnRegion): number {
  const free = Float64Array.from(sources, ({ usable }) => usable)
  const assignment = new Map<string, string>()
  let served = 0
  for (const { id, demand } of inGreedyOrder(loads)) {
    let best = -1
    for (let at = 0; at < free.length; at++) {
      const room = free[at] ?? 0
      if (room >= demand && (best < 0 || room < (free[best] ?? 0))) best = at
    }
    if (best < 0) continue
    free[best] = (free[best] ?? 0) - demand
    assignment.set(id, sources[best]?.id ?? '')
    served += demand
  }
  return served
}

function compare(region: DrawnRegion) {
  const loads = inGreedyOrder(region.loads)
  const served = servedPower(match(region).assignment, loads)
  return { served, bound: pooledBoundOf(region.sources, loads).served, agrees: served === scan(region) }
}

function seconds(work: () => unknown): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}
