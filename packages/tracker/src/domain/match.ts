import { kwOf, milliwattsOf } from './milliwatts.ts'
import { byId, sum } from './order.ts'
import type { MatchGiven } from './region-file.ts'
import { createResiduals, type Residuals } from './residuals.ts'

type Consumer = Readonly<{ id: string; class: number; demand: number }>
type Generator = Readonly<{ id: string; usable: number }>
/** The trees of one round: who hangs on which generator, and what is left there. */
type Trees = Readonly<{ assignment: ReadonlyMap<string, string>; residuals: Residuals }>

/** Matches consumers to generators (§4): smallest first, best fit; trees that stand are kept when nobody loses by it. */
export function matchConsumers({ generators: given, consumers: asked, previous }: MatchGiven) {
  const generators = given.map(({ id, usableKw }) => ({ id, usable: milliwattsOf(usableKw) }))
  const consumers = asked
    .map(({ demandKw, ...consumer }) => ({ ...consumer, demand: milliwattsOf(demandKw) }))
    .toSorted((a, b) => a.class - b.class || a.demand - b.demand || byId(a, b))
  const pooledBound = pooledBoundOf(generators, consumers)
  const fresh = grow(generators, consumers, new Map())
  if (!previous) return { greedy: describe(fresh, consumers), pooledBound }

  const before = new Map(Object.entries(previous))
  const repaired = grow(generators, consumers, before)
  const stickyKept = !isWorse(repaired, fresh, consumers)
  const trees = stickyKept ? repaired : fresh
  const moved = [...trees.assignment].filter(([id, generator]) => before.get(id) !== generator).map(([id]) => id)
  return { greedy: { ...describe(trees, consumers), stickyKept, moved: moved.toSorted() }, pooledBound }
}

/** Keeps what still fits of the trees before, then places the others; both in greedy order. */
function grow(generators: readonly Generator[], consumers: readonly Consumer[], before: ReadonlyMap<string, string>) {
  const residuals = createResiduals(generators)
  const assignment = new Map<string, string>()
  for (const { id, demand } of consumers) {
    const generator = before.get(id)
    if (generator !== undefined && residuals.take(generator, demand)) assignment.set(id, generator)
  }
  for (const { id, demand } of consumers) {
    if (assignment.has(id)) continue
    const generator = residuals.bestFit(demand)
    if (generator !== undefined) assignment.set(id, generator)
  }
  return { assignment, residuals }
}

function describe({ assignment, residuals }: Trees, consumers: readonly Consumer[]) {
  const starving = consumers.filter(({ id }) => !assignment.has(id)).map(({ id }) => id)
  return {
    assignment: Object.fromEntries(assignment),
    residualKw: Object.fromEntries(residuals.entries().map(([id, free]) => [id, kwOf(free)])),
    servedPerClass: Object.fromEntries(servedPerClass(assignment, consumers)),
    servedKw: kwOf(servedPower(assignment, consumers)),
    starving: starving.toSorted(),
  }
}

/** Compares by consumers served, class by class, then by power. */
function isWorse(one: Trees, other: Trees, consumers: readonly Consumer[]): boolean {
  const [mine, theirs] = [one, other].map(({ assignment }) => [
    ...servedPerClass(assignment, consumers).values(),
    servedPower(assignment, consumers),
  ])
  const gaps = mine?.map((value, index) => value - (theirs?.[index] ?? 0))
  return (gaps?.find((gap) => gap !== 0) ?? 0) < 0
}

/** Every class that is there, in ascending order, also with nobody served. */
function servedPerClass(assignment: Trees['assignment'], consumers: readonly Consumer[]): Map<number, number> {
  const classes = Map.groupBy(consumers, (consumer) => consumer.class)
  return new Map([...classes].map(([key, members]) => [key, sum(members, ({ id }) => Number(assignment.has(id)))]))
}

function servedPower(assignment: Trees['assignment'], consumers: readonly Consumer[]): number {
  return sum(consumers, ({ id, demand }) => (assignment.has(id) ? demand : 0))
}

/** What no matching can exceed: all generators as one pool. */
function pooledBoundOf(generators: readonly Generator[], consumers: readonly Consumer[]) {
  const pool = sum(generators, ({ usable }) => usable)
  let left = pool
  let firstClassCount = 0
  for (const consumer of consumers) {
    left -= consumer.demand
    if (consumer.class !== consumers[0]?.class || left < 0) break
    firstClassCount++
  }
  const demand = sum(consumers, (consumer) => consumer.demand)
  return { firstClassCount, servedKw: kwOf(Math.min(pool, demand)) }
}
