import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decideRegion, type Snapshot } from './decide.ts'

const near = 1e-6

it('conserves load: demand is served, shed, deferred or starves', () => {
  held((snapshot) => {
    const { demandKw, servedKw, shedKw, deferredKw, starvingKw } = decideRegion(snapshot).books
    const wanted = snapshot.consumers.map((one) => one.stochasticKw + one.deferrableKw + (one.waiting?.kw ?? 0))
    expect(demandKw).toBeCloseTo(total(wanted), 5)
    expect(servedKw + shedKw + deferredKw + starvingKw).toBeCloseTo(demandKw, 5)
  })
})

it('keeps along what is missing: supply less demand is what is left over or unserved', () => {
  held((snapshot) => {
    const { demandKw, deferredKw, shedKw, chargingKw, supplyKw, ...rest } = decideRegion(snapshot).books
    const missing = demandKw - deferredKw - shedKw + chargingKw - supplyKw
    expect(rest.unservedKw - rest.exportedKw - rest.curtailedKw - rest.spillKw).toBeCloseTo(missing, 5)
  })
})

it('gives every consumer one tree or none', () => {
  held((snapshot) => {
    const { trees, starving } = decideRegion(snapshot)
    const named = [...trees.flatMap(({ consumers }) => consumers.map(({ id }) => id)), ...starving]
    expect(named.toSorted()).toEqual(snapshot.consumers.map(({ id }) => id).toSorted())
  })
})

it('never leases more than a generator may carry, and no generator more than it has less its margin', () => {
  held((snapshot) => {
    for (const { generator, usableKw, consumers } of decideRegion(snapshot).trees) {
      expect(total(consumers.map(({ kw }) => kw))).toBeLessThanOrEqual(usableKw + near)
      const unit = snapshot.generators.find(({ id }) => id === generator)
      if (!unit) continue
      const available = unit.kind === 'stochastic' ? unit.availableKw : unit.capacityKw
      expect(usableKw).toBeLessThanOrEqual((1 - snapshot.safety) * available + near)
    }
  })
})

it('feeds nobody from another feeder', () => {
  held((snapshot) => {
    const feeders = new Map([...snapshot.generators, ...snapshot.consumers].map(({ id, feeder }) => [id, feeder]))
    for (const { generator, consumers } of decideRegion(snapshot).trees) {
      const strangers = consumers.filter(({ id }) => isApart(feeders.get(generator), feeders.get(id)))
      expect(strangers).toEqual([])
    }
  })
})

it('gives no order to a unit that settles or to a consumer that does not answer', () => {
  held((snapshot) => {
    const { actions } = decideRegion(snapshot)
    const settling = [...snapshot.generators, ...snapshot.storages].filter((one) => one.settling).map(({ id }) => id)
    const turning = ['startFixed', 'stopFixed', 'startStoring', 'stopStoring', 'transition']
    expect(actions.filter(({ op, id }) => turning.includes(op) && settling.includes(id))).toEqual([])
    const deaf = snapshot.consumers.filter(({ isDeaf }) => isDeaf).map(({ id }) => id)
    expect(actions.filter(({ op, id }) => op === 'shed' && deaf.includes(id))).toEqual([])
  })
})

it('sheds nobody while a storage, a fixed or a continuous unit could still give something', () => {
  held((snapshot) => {
    const { actions } = decideRegion(snapshot)
    if (!actions.some(({ op }) => op === 'shed')) return
    const done = new Map(actions.map(({ op, id, kw: power }) => [id, { op, kw: power }]))
    const { safety, generators, storages } = snapshot
    for (const unit of generators) {
      if (unit.kind === 'fixed' && !unit.online && !unit.settling) expect(done.get(unit.id)?.op).toBe('startFixed')
      if (unit.kind !== 'continuous') continue
      const outputKw = done.get(unit.id)?.kw ?? unit.outputKw
      expect(outputKw).toBeGreaterThanOrEqual((1 - safety) * unit.capacityKw - near)
    }
    for (const { id, mode, settling, dischargeRateKw, availableKwh, reserveKwh = 0 } of storages) {
      if (mode === 'charging' && !settling) expect(done.has(id)).toBe(true)
      if (mode !== 'discharging' && (mode !== 'idle' || settling)) continue
      const mostKw = Math.min(dischargeRateKw, 4 * (availableKwh - reserveKwh))
      expect(done.get(id)?.kw ?? 0).toBeGreaterThanOrEqual(mostKw - near)
    }
  })
})

it('lets nobody begin who could not go on', () => {
  const sun = (id: string) => ({ id, kind: 'stochastic' as const, capacityKw: 10, availableKw: 6 })
  const vehicle = { id: 'c', class: 5, stochasticKw: 1, deferrableKw: 0, drKw: 0, shed: false }
  const consumers = [{ ...vehicle, waiting: { kw: 7, since: 0 } }]
  const calm = { safety: 0, stochasticHeadroom: 0, storages: [], previous: new Map() }
  const { actions, books } = decideRegion({ ...calm, generators: [sun('a'), sun('b')], consumers })
  expect(actions).toEqual([])
  expect(books).toMatchObject({ servedKw: 1, deferredKw: 7, starvingKw: 0 })
})

it('keeps nobody shed when that which stands idle could feed all, wherever they are', () => {
  held(({ generators, ...rest }) => {
    const feederless = generators
      .filter(({ kind }) => kind === 'stochastic')
      .map((one) => ({ ...one, feeder: undefined }))
    const wantedKw = total(rest.consumers.map((one) => one.stochasticKw + one.deferrableKw + (one.waiting?.kw ?? 0)))
    const engine = { id: 'engine', kind: 'continuous' as const, capacityKw: 2 * wantedKw, outputKw: 0, merit: 1 }
    const consumers = rest.consumers.map((one) => ({ ...one, isDeaf: false }))
    const { books } = decideRegion({ ...rest, generators: [...feederless, engine], storages: [], consumers })
    expect([books.shedKw, books.starvingKw]).toEqual([0, 0])
  })
})

it('moves nobody when nothing has changed', () => {
  held((snapshot) => {
    const calm = {
      ...snapshot,
      storages: [],
      generators: snapshot.generators.filter(({ kind }) => kind === 'stochastic'),
    }
    const consumers = calm.consumers.map((one) => ({ ...one, waiting: undefined, drKw: 0, shed: false }))
    const first = decideRegion({ ...calm, consumers })
    const previous = new Map(
      first.trees.flatMap((tree) => tree.consumers.map(({ id }) => [id, tree.generator] as const)),
    )
    expect(decideRegion({ ...calm, consumers, previous }).moved).toBe(0)
  })
})

const kw = fc.integer({ min: 0, max: 3000 }).map((tenths) => tenths / 10)
const settling = fc.boolean()
const feeder = fc.option(fc.constantFrom('north', 'south'), { nil: undefined })

const generator = fc.oneof(
  fc.record({ kind: fc.constant('stochastic' as const), capacityKw: kw, availableKw: kw, feeder }),
  fc.record({ kind: fc.constant('fixed' as const), capacityKw: kw, online: fc.boolean(), settling, feeder }),
  fc.record({
    kind: fc.constant('continuous' as const),
    capacityKw: kw,
    share: fc.integer({ min: 0, max: 9 }),
    feeder,
  }),
)

const storage = fc.record({
  mode: fc.constantFrom('charging' as const, 'idle' as const, 'discharging' as const, 'sleeping' as const),
  chargingRateKw: kw,
  dischargeRateKw: kw,
  dischargeKw: fc.constant(0),
  availableKwh: kw,
  capacityKwh: fc.constant(300),
  reserveKwh: fc.constant(5),
  settling,
})

const consumer = fc.record({
  class: fc.integer({ min: 0, max: 9 }),
  stochasticKw: kw,
  deferrableKw: kw,
  share: fc.integer({ min: 0, max: 10 }),
  shed: fc.boolean(),
  isDeaf: fc.boolean(),
  feeder,
  waiting: fc.option(fc.record({ kw, since: fc.integer({ min: 0, max: 100 }) }), { nil: undefined }),
})

const snapshots = fc
  .record({
    generators: fc.array(generator, { maxLength: 12 }),
    storages: fc.array(storage, { maxLength: 6 }),
    consumers: fc.array(consumer, { maxLength: 40 }),
    places: fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 40, maxLength: 40 }),
  })
  .map(({ generators, storages, consumers, places }): Snapshot => ({
    safety: 0.1,
    stochasticHeadroom: 1,
    generators: generators.map((one, index) =>
      one.kind === 'continuous'
        ? { ...one, id: `g${index}`, outputKw: (one.share / 10) * one.capacityKw, merit: index }
        : { ...one, id: `g${index}` },
    ),
    storages: storages.map((one, index) => ({ ...one, id: `s${index}` })),
    consumers: consumers.map(({ share, ...one }, index) => ({
      ...one,
      id: `c${index}`,
      drKw: (share / 10) * one.deferrableKw,
    })),
    previous: new Map(consumers.map((_, index) => [`c${index}`, `g${places[index]}`])),
  }))

function held(property: (snapshot: Snapshot) => void): void {
  fc.assert(fc.property(snapshots, property), { numRuns: 150 })
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function isApart(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other
}
