import type { RegionBooks } from '@gridloom/contracts'
import { balance } from '../balance.ts'
import { pooledBoundOf } from '../bounds.ts'
import { improveTrees } from '../improve.ts'
import { kwOf, milliwattsOf } from '../milliwatts.ts'
import { sum } from '../order.ts'
import { deficitOf, demandOf, openRound, supplyOf, type Action, type Round, type RoundGiven } from '../round.ts'
import { growTrees, inGreedyOrder, isWorse, servedPower, type Load, type Source, type Trees } from '../trees.ts'
import { raiseForStarving } from './raise.ts'
import { relieve } from './relieve.ts'

/** A region at one instant, with the trees of the round before. */
export type Snapshot = RoundGiven &
  Readonly<{
    previous: ReadonlyMap<string, string>
    /** What the grid above takes of a surplus before anything is curtailed. */
    exportKw?: number
  }>

export type DecidedTree = Readonly<{
  generator: string
  usableKw: number
  consumers: readonly Readonly<{ id: string; kw: number }>[]
}>

export type Decision = Readonly<{
  actions: readonly Action[]
  trees: readonly DecidedTree[]
  /** In the order in which they would be let in. */
  starving: readonly string[]
  /** How far each stochastic generator has to stay below what it could give, in kW. */
  curtail: ReadonlyMap<string, number>
  moved: number
  books: RegionBooks
  /** Pooled bound less what is served, kW. */
  gapKw: number
}>

/** One round of live operation: balance (§3), then trees (§4); load is conserved, no consumer stands twice, no tree is too heavy. */
export function decideRegion(snapshot: Snapshot): Decision {
  const first = decideAtBest(snapshot)
  const stuck = new Set(first.starving)
  const held = new Set(first.actions.filter(({ op, id }) => letsMore.includes(op) && stuck.has(id)).map(({ id }) => id))
  if (held.size === 0) return first
  // the balance counts one pool: what it gave them they could take from no single tree
  const consumers = snapshot.consumers.map((one) => (held.has(one.id) ? { ...one, isHeld: true } : one))
  const second = decideAtBest({ ...snapshot, consumers })
  return isBetter(first, second, snapshot) ? first : second
}

const letsMore: readonly Action['op'][] = ['release', 'startDeferred']

/** With units started for those who were shed before, if that serves more. */
function decideAtBest(snapshot: Snapshot): Decision {
  const plain = decideFrom(openRound(snapshot), snapshot)
  if (!snapshot.consumers.some(({ shed }) => shed)) return plain
  const round = openRound(snapshot)
  if (!relieve(round)) return plain
  const relieved = decideFrom(round, snapshot)
  return isBetter(relieved, plain, snapshot) ? relieved : plain
}

function decideFrom(round: Round, snapshot: Snapshot): Decision {
  balance(round, snapshot.stochasticHeadroom)
  const feeders = new Map([...snapshot.generators, ...snapshot.storages].map(({ id, feeder }) => [id, feeder]))
  const sources = sourcesOf(round, snapshot).map((source) => ({ ...source, feeder: feeders.get(source.id) }))
  const loads = loadsOf(round, snapshot)
  const trees = treesFor(sources, loads, snapshot.previous)
  raiseForStarving({ round, trees, loads, sources })

  const curtailed = surplusesOf(round, snapshot.exportKw ?? 0)
  const served = servedPower(trees.assignment, loads)
  const bound = Math.min(pooledBoundOf(sources, loads).served, served + starvingPower(trees, loads))
  return {
    actions: round.actions,
    trees: describeTrees(trees, sources, loads),
    starving: loads.filter(({ id }) => !trees.assignment.has(id)).map(({ id }) => id),
    curtail: curtailment(snapshot, trees, curtailed.curtailed),
    moved: movesBetween(snapshot.previous, trees.assignment),
    books: booksOf(round, trees, loads, curtailed),
    gapKw: kwOf(bound - served),
  }
}

/** Trees that stand are kept when nobody loses by it, after moves and swaps let in who starved (§4); else all are built anew. */
function treesFor(sources: readonly Source[], loads: readonly Load[], previous: Snapshot['previous']): Trees {
  const kept = growTrees(sources, loads, previous)
  improveTrees(kept, loads)
  const fresh = growTrees(sources, loads)
  if (!isWorse(kept, fresh, loads)) return kept
  improveTrees(fresh, loads)
  return fresh
}

/** By consumers served, class by class, then by power (§2). */
function isBetter(one: Decision, other: Decision, { consumers }: Snapshot): boolean {
  const classes = new Map(consumers.map((consumer) => [consumer.id, consumer.class]))
  const [mine, theirs] = [one, other].map(({ starving }) => Map.groupBy(starving, (id) => classes.get(id) ?? 0))
  for (const each of [...new Set(classes.values())].toSorted((a, b) => a - b)) {
    const gap = (mine?.get(each)?.length ?? 0) - (theirs?.get(each)?.length ?? 0)
    if (gap !== 0) return gap < 0
  }
  return one.books.servedKw > other.books.servedKw
}

/** Who can be the root of a tree, and how much it may carry: storages give without margin. */
function sourcesOf(round: Round, { safety, generators }: Snapshot): readonly Source[] {
  const fixed = new Map(round.fixed.map(({ id, online, usable }) => [id, online ? usable : 0]))
  const continuous = new Map(round.continuous.map(({ id, output }) => [id, output]))
  const usableOf = (generator: Snapshot['generators'][number]): number => {
    if (generator.kind === 'stochastic') return milliwattsOf((1 - safety) * generator.availableKw)
    return fixed.get(generator.id) ?? continuous.get(generator.id) ?? 0
  }
  return [
    ...generators.map((generator) => ({ id: generator.id, usable: usableOf(generator) })),
    ...round.storages.filter(({ discharge }) => discharge > 0).map(({ id, discharge }) => ({ id, usable: discharge })),
  ]
}

function loadsOf(round: Round, { consumers }: Snapshot): readonly Load[] {
  const feeders = new Map(consumers.map(({ id, feeder }) => [id, feeder]))
  return inGreedyOrder(
    round.consumers.map((consumer) => ({
      id: consumer.id,
      class: consumer.class,
      demand: consumer.load - consumer.shed,
      feeder: feeders.get(consumer.id),
    })),
  )
}

type Surplus = Readonly<{ exported: number; curtailed: number; spilt: number }>

function surplusesOf(round: Round, exportKw: number): Surplus {
  const surplus = Math.max(-deficitOf(round), 0)
  const exported = Math.min(surplus, milliwattsOf(exportKw))
  const curtailed = Math.min(surplus - exported, round.stochastic)
  return { exported, curtailed, spilt: surplus - exported - curtailed }
}

/** Takes the surplus first from the generators whose trees leave it. */
function curtailment({ generators }: Snapshot, { residuals }: Trees, curtailed: number): ReadonlyMap<string, number> {
  const stochastic = generators.filter(({ kind }) => kind === 'stochastic').map(({ id }) => id)
  const free = new Map(residuals.entries())
  const cuts = new Map<string, number>()
  let left = curtailed
  for (const id of stochastic.toSorted((a, b) => (free.get(b) ?? 0) - (free.get(a) ?? 0))) {
    const cut = Math.min(left, free.get(id) ?? 0)
    left -= cut
    cuts.set(id, kwOf(cut))
  }
  return cuts
}

function describeTrees({ assignment, residuals }: Trees, sources: readonly Source[], loads: readonly Load[]) {
  const members = Map.groupBy(
    loads.filter(({ id }) => assignment.has(id)),
    ({ id }) => assignment.get(id),
  )
  const free = new Map(residuals.entries())
  return sources.map(({ id }) => {
    const consumers = (members.get(id) ?? []).map((load) => ({ id: load.id, kw: kwOf(load.demand) }))
    const used = sum(members.get(id) ?? [], ({ demand }) => demand)
    return { generator: id, usableKw: kwOf(used + (free.get(id) ?? 0)), consumers }
  })
}

function booksOf(round: Round, trees: Trees, loads: readonly Load[], surplus: Surplus): RegionBooks {
  const load = sum(round.consumers, (consumer) => consumer.load)
  const deferred = sum(round.consumers, ({ waiting }) => waiting)
  const charging = demandOf(round) - sum(round.consumers, (consumer) => consumer.load - consumer.shed)
  return {
    demandKw: kwOf(load + deferred),
    servedKw: kwOf(servedPower(trees.assignment, loads)),
    shedKw: kwOf(sum(round.consumers, ({ shed }) => shed)),
    deferredKw: kwOf(deferred),
    starvingKw: kwOf(starvingPower(trees, loads)),
    chargingKw: kwOf(charging),
    supplyKw: kwOf(supplyOf(round)),
    unservedKw: kwOf(Math.max(deficitOf(round), 0)),
    exportedKw: kwOf(surplus.exported),
    curtailedKw: kwOf(surplus.curtailed),
    spillKw: kwOf(surplus.spilt),
  }
}

function starvingPower({ assignment }: Trees, loads: readonly Load[]): number {
  return sum(loads, ({ id, demand }) => (assignment.has(id) ? 0 : demand))
}

function movesBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): number {
  const kept = [...after].filter(([id]) => before.has(id))
  return kept.filter(([id, generator]) => before.get(id) !== generator).length
}
