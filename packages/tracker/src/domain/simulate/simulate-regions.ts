import { darkTrees } from '../live/dark-trees.ts'
import { decideRegion, type Decision, type Snapshot } from '../live/decide.ts'
import { spareOf } from '../live/spare.ts'
import { applyAction, passEnergy } from './apply.ts'
import { passTime } from './weather.ts'
import { drawWorld, type SimConsumer, type SimGenerator, type SimStorage, type WorldOptions } from './world.ts'

export type SimulationOptions = WorldOptions &
  Readonly<{ days: number; stepSeconds: number; safety?: number; dwellSeconds?: number }>

/** A region after one round. */
export type RegionStep = Readonly<{
  seconds: number
  region: number
  demandKw: number
  servedKw: number
  supplyKw: number
  shedKw: number
  deferredKw: number
  starvingKw: number
  curtailedKw: number
  starving: number
  moved: number
  /** Consumers that a neighbour feeds. */
  lent: number
  /** Trees whose load had outgrown their output before the round. */
  blackouts: number
  blackoutKw: number
  commands: number
  gapKw: number
  milliseconds: number
}>

/** Runs days of a grid of several regions, a round of each at every step, and yields every region after its round. */
export function* simulateRegions(options: SimulationOptions): Generator<RegionStep> {
  const { regions, days, stepSeconds, random, safety = 0.1, dwellSeconds = 60 } = options
  const world = drawWorld(options)
  const units = {
    generators: new Map(world.generators.map((one) => [one.id, one])),
    storages: new Map(world.storages.map((one) => [one.id, one])),
    consumers: new Map(world.consumers.map((one) => [one.id, one])),
  }
  const numbers = Array.from({ length: regions }, (_, region) => region)
  const previous = new Map(numbers.map((region): [number, ReadonlyMap<string, string>] => [region, new Map()]))
  let lentTo = new Map<string, number>()

  for (let now = stepSeconds; now <= days * 86_400; now += stepSeconds) {
    passTime(world, now, stepSeconds, random)
    for (const storage of world.storages) passEnergy(storage, stepSeconds / 3600)
    const snapshots = numbers.map((region) => snapshotAt(region, now))
    const decisions = snapshots.map((snapshot) => {
      const started = performance.now()
      const decision = decideRegion(snapshot)
      return { snapshot, decision, milliseconds: performance.now() - started }
    })
    const steps = decisions.map(({ snapshot, decision, milliseconds }, region) => {
      const outgrown = outgrownTrees(region, snapshot)
      for (const action of decision.actions) applyAction(units, action, now)
      previous.set(region, treesOf(decision))
      return stepOf({ region, now, decision, milliseconds, ...outgrown })
    })
    lentTo = lend(decisions, now)
    yield* steps
  }

  function snapshotAt(region: number, now: number): Snapshot {
    const isHere = (one: Readonly<{ region: number }>): boolean => one.region === region
    const isFedHere = ({ id, region: home }: SimConsumer): boolean => (lentTo.get(id) ?? home) === region
    return {
      safety,
      stochasticHeadroom: 0.2,
      generators: world.generators.filter(isHere).map((one) => generatorAt(one, now)),
      storages: world.storages.filter(isHere).map((one) => storageAt(one, now)),
      consumers: world.consumers.filter(isFedHere).map((one) => consumerAt(one, now, region)),
      previous: previous.get(region) ?? new Map(),
    }
  }

  function generatorAt(one: SimGenerator, now: number): Snapshot['generators'][number] {
    const { id, capacityKw } = one
    const settling = now - one.changedAt < dwellSeconds
    if (one.kind === 'stochastic') return { id, kind: one.kind, capacityKw, availableKw: one.availableKw }
    if (one.kind === 'fixed') return { id, kind: one.kind, capacityKw, online: one.online, settling }
    return { id, kind: one.kind, capacityKw, outputKw: one.outputKw, merit: one.merit }
  }

  function storageAt(one: SimStorage, now: number): Snapshot['storages'][number] {
    const { id, mode, rateKw, availableKwh, capacityKwh, dischargeKw, changedAt } = one
    const settling = now - changedAt < dwellSeconds
    return {
      id,
      mode,
      chargingRateKw: rateKw,
      dischargeRateKw: rateKw,
      availableKwh,
      capacityKwh,
      reserveKwh: 0,
      dischargeKw,
      settling,
    }
  }

  /** Who comes from a neighbour is fed after all others, and is not asked to shed. */
  function consumerAt(one: SimConsumer, now: number, region: number): Snapshot['consumers'][number] {
    const isGuest = one.region !== region
    const deferrableKw = one.runsUntil > now ? one.applianceKw : 0
    const shedKw = Math.min(one.shedKw, deferrableKw)
    one.shedKw = shedKw
    return {
      id: one.id,
      class: isGuest ? 10 + one.class : one.class,
      stochasticKw: one.loadKw,
      stochasticMaxKw: Math.max(one.loadKw, 1.2 * one.meanKw),
      deferrableKw,
      drKw: isGuest ? 0 : deferrableKw,
      shed: shedKw > 0,
      shedKw,
      waiting: one.waitingSince === undefined ? undefined : { kw: one.applianceKw, since: one.waitingSince },
    }
  }

  /** The trees of the last round under the loads and the weather of now: what was planned with a margin may not have been enough. */
  function outgrownTrees(region: number, { generators, storages, consumers }: Snapshot) {
    const loads = new Map(consumers.map((one) => [one.id, one.stochasticKw + one.deferrableKw - (one.shedKw ?? 0)]))
    const outputs = new Map<string, number>(
      storages.map(({ id, mode, dischargeRateKw }) => [id, mode === 'discharging' ? dischargeRateKw : 0]),
    )
    for (const one of generators) {
      if (one.kind === 'stochastic') outputs.set(one.id, one.availableKw)
      else outputs.set(one.id, one.kind === 'continuous' || one.online ? one.capacityKw : 0)
    }
    const dark = darkTrees(previous.get(region) ?? new Map(), { carries: outputs, loads })
    return { blackouts: dark.length, blackoutKw: dark.reduce((sum, { kw }) => sum + kw, 0) }
  }

  /** Neighbours take over whom their own region cannot feed, as far as they have to spare. */
  function lend(
    rounds: readonly Readonly<{ snapshot: Snapshot; decision: Decision }>[],
    now: number,
  ): Map<string, number> {
    const next = new Map<string, number>()
    const spare = rounds.map(({ snapshot, decision }) => spareOf(snapshot, decision))
    const starving = rounds.flatMap(({ decision }) => decision.starving)
    const away = [...lentTo.keys()].filter((id) => !starving.includes(id))
    for (const id of away) {
      const home = units.consumers.get(id)?.region
      const host = lentTo.get(id)
      // back home as soon as home has enough to spare
      if (host !== undefined && home !== undefined && (spare[home] ?? 0) < needOf(id, now)) next.set(id, host)
      else if (home !== undefined) spare[home] = (spare[home] ?? 0) - needOf(id, now)
    }
    for (const id of starving) {
      const home = units.consumers.get(id)?.region ?? -1
      const host = spare.findIndex((kw, region) => region !== home && kw >= needOf(id, now))
      if (host < 0) continue
      spare[host] = (spare[host] ?? 0) - needOf(id, now)
      next.set(id, host)
    }
    return next
  }

  function needOf(id: string, now: number): number {
    const one = units.consumers.get(id)
    return one ? one.loadKw + (one.runsUntil > now ? one.applianceKw : 0) : 0
  }

  function stepOf({
    region,
    now,
    decision,
    ...rest
  }: Readonly<{
    region: number
    now: number
    decision: Decision
    milliseconds: number
    blackouts: number
    blackoutKw: number
  }>): RegionStep {
    const { demandKw, servedKw, supplyKw, shedKw, deferredKw, starvingKw, curtailedKw } = decision.books
    return {
      seconds: now,
      region,
      demandKw,
      servedKw,
      supplyKw,
      shedKw,
      deferredKw,
      starvingKw,
      curtailedKw,
      starving: decision.starving.length,
      moved: decision.moved,
      lent: [...lentTo].filter(([id]) => units.consumers.get(id)?.region === region).length,
      commands: decision.actions.length,
      gapKw: decision.gapKw,
      ...rest,
    }
  }
}

function treesOf({ trees }: Decision): ReadonlyMap<string, string> {
  return new Map(trees.flatMap(({ generator, consumers }) => consumers.map(({ id }) => [id, generator] as const)))
}
