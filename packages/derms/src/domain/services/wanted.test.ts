import { createRandom } from '@gridloom/kit'
import type { Award } from '@gridloom/contracts'
import { describe, expect, it } from 'vitest'
import { type Asked, runningOf } from '../../testing/running.ts'
import type { Der } from '../knowledge/der.ts'
import type { Known } from '../knowledge/known.ts'
import type { Scene } from './candidates.ts'
import { feasibilityOf } from './feasibility.ts'
import type { Running } from './running.ts'
import { wantedEnvelope, wantedPower } from './wanted.ts'

const now = 1_000_000
const market = {
  fairness: 'price',
  prices: { up: 0.1, down: 0.1, hold: 0.01 },
  storeReserve: 0.1,
  storeEfficiency: 0.95,
  limitMargin: 0,
  stepSeconds: 300,
  horizonSteps: 12,
} as const

describe('a limit of import', () => {
  it('moves only who is needed, each by a control that it has', () => {
    const scene = sceneOf({ kind: 'limit', importW: 4000 }, [known('heater', -3000), known('boiler', -3000)])
    expect([...(wantedPower(scene, market)?.orders.values() ?? [])]).toMatchObject([
      { lfdi: 'heater', W: -1000, baseW: -3000, controls: { opModImpLimW: 1000 } },
    ])
  })

  it('counts what flows beside the devices', () => {
    const scene = sceneOf({ kind: 'limit', importW: 4000, otherW: -2000 }, [known('heater', -3000)])
    expect(wantedPower(scene, market)?.orders.get('heater')?.W).toBe(-2000)
  })

  it('asks nothing of who is silent, off, distrusted or not subscribed, and says what is missing', () => {
    const others = [
      known('silent', -1000, { history: { recent: [], quarters: new Map() } }),
      known('off', -1000, { der: der('off', { isOff: true }) }),
      known('distrusted', -1000, { trust: { level: 3, Te: 0.2 } }),
      known('reserved', -1000, { terms: { services: ['reserve'] } }),
    ]
    const scene = sceneOf({ kind: 'limit', importW: 1500 }, [...others, known('heater', -1000)])
    const want = wantedPower(scene, market)
    expect([...(want?.orders.keys() ?? [])]).toEqual(['heater'])
    expect(want?.allocation?.shortW).toBe(1500)
    expect(feasibilityOf(scene, market)).toMatchObject({
      kind: 'refused',
      best: { text: expect.stringContaining('3000 W') },
    })
  })
})

it('does not ask who a stronger schedule holds, counts on what it will do, and moves no store beyond its limit', () => {
  const held = (priority: number) => ({
    schedules: [{ quantity: 'ActPow', value: -2000, source: 'plan', priority }] as const,
    plan: [{ at: now, W: -2000 }],
  })
  const battery = (changes: Partial<Known>) => known('battery', -2000, { der: der('battery', store), ...changes })
  const asked = { kind: 'target', targetW: 4000 } as const
  expect(wantedPower(sceneOf(asked, [battery(held(950))]), market)).toMatchObject({
    allocation: { shortW: expect.closeTo(6000, 3) },
  })
  expect(wantedPower(sceneOf(asked, [battery(held(20))]), market)?.orders.get('battery')?.W).toBeCloseTo(4000, 3)
  const limit = [{ quantity: 'MaxPow', value: 2500, source: 'limit', priority: 10 }] as const
  expect(wantedPower(sceneOf(asked, [battery({ schedules: limit })]), market)).toMatchObject({
    allocation: { shortW: expect.closeTo(1500, 3) },
  })
})

describe('room that comes back while a limit runs', () => {
  const panel = known('panel', 500, { der: der('panel', { ...panels, availableW: 8000 }) })
  const award = {
    W: 500,
    baseW: 8000,
    steering: 'export-cap',
    control: '',
    since: now - 40,
    status: 'following',
  } as const

  it('is given to panels as soon as a store draws below a cap that was renewed just now', () => {
    const battery = known('battery', -3600, { der: der('battery', store) })
    const scene = underOrders(sceneOf({ kind: 'limit', exportW: 5000 }, [panel, battery]), [
      { ...award, lfdi: 'panel' },
      { ...award, lfdi: 'battery', W: 3600, since: now - 1 },
    ])
    expect(wantedPower(scene, market)?.allocation?.outcome.perStep[0]?.sumW).toBeCloseTo(4400, 3)
    expect(wantedPower(scene, market)?.orders.get('panel')?.W ?? 8000).toBeGreaterThan(7999)
  })

  it('is not what a panel shows that has not heard yet how much more it may', () => {
    const scene = underOrders(sceneOf({ kind: 'limit', exportW: 5000 }, [panel]), [{ ...award, lfdi: 'panel' }])
    const raised = [
      { at: now - 60, W: 500, steering: 'export-cap' as const },
      { at: now - 12, W: 4000, steering: 'export-cap' as const },
    ]
    const running = { ...scene.running, trail: { panel: raised } }
    expect(wantedPower({ ...scene, running }, market)?.orders.get('panel')?.W).toBeCloseTo(5000, 3)
  })

  it('leaves those who are curtailed curtailed, where others would cost the same', () => {
    const others = ['a', 'z'].map((lfdi) => known(lfdi, 8000, { der: der(lfdi, { ...panels, availableW: 8000 }) }))
    for (const lfdi of ['a', 'z']) {
      const scene = underOrders(sceneOf({ kind: 'limit', exportW: 9000 }, others), [{ ...award, lfdi, W: 1000 }])
      expect(wantedPower(scene, market)?.allocation?.W.get(lfdi)).toBeCloseTo(1000, 3)
    }
  })

  it('is foreseen where a store that was moved has bought for now', () => {
    const positions = [{ start: now - 30, seconds: 60, W: -3000 }]
    const battery = known('battery', -2000, { der: der('battery', store), positions })
    const scene = underOrders(sceneOf({ kind: 'limit', exportW: 5000 }, [panel, battery]), [
      { ...award, lfdi: 'panel' },
      { ...award, lfdi: 'battery', W: -2000, steering: 'target' },
    ])
    expect(wantedPower(scene, market)?.orders.get('battery')?.W ?? -3000).toBeCloseTo(-3000, 3)
  })
})

it('brings the point to its target with stores, loads and panels together, or says how far it can', () => {
  const random = createRandom(3)
  for (let round = 0; round < 40; round++) {
    const fleet = Array.from({ length: 1 + random.integer(0, 8) }, (_, index) => drawn(`d${index}`, random.next))
    const base = fleet.reduce((sum, { history }) => sum + (history.recent[0]?.watts ?? 0), 0)
    const targetW = Math.round(base + (random.next() - 0.5) * 10_000)
    const scene = sceneOf({ kind: 'target', targetW }, fleet)
    const want = wantedPower(scene, market)
    const sum = fleet.reduce((total, each) => {
      const order = want?.orders.get(each.der.lfdi)
      return total + (order?.W ?? each.history.recent[0]?.watts ?? 0)
    }, 0)
    const short = want?.allocation?.outcome.perStep[0]?.missedW ?? 0
    expect(Math.abs(sum - targetW)).toBeLessThanOrEqual(short + fleet.length + 1e-6)
    for (const { lfdi, W } of want?.orders.values() ?? []) {
      const { maxW, minW } = scene.known.get(lfdi)?.der ?? { maxW: 0, minW: 0 }
      expect(W).toBeGreaterThanOrEqual(minW - 1e-6)
      expect(W).toBeLessThanOrEqual(maxW + 1e-6)
    }
  }
})

it('gives every device of an envelope a bound of its own, and all together no more than the envelope', () => {
  const random = createRandom(5)
  for (let round = 0; round < 40; round++) {
    const fleet = Array.from({ length: 2 + random.integer(0, 8) }, (_, index) => drawn(`d${index}`, random.next))
    const rated = fleet.reduce((sum, { der: { maxW } }) => sum + maxW, 0)
    const exportW = Math.round(rated * random.next())
    const want = wantedEnvelope(sceneOf({ kind: 'envelope', exportW }, fleet), market)
    const bounds = [...(want?.orders.values() ?? [])].map(
      ({ controls }) => controls.opModGenLimW ?? controls.opModExpLimW ?? 0,
    )
    expect(bounds).toHaveLength(fleet.filter(({ der: { maxW } }) => maxW > 0).length)
    expect(bounds.reduce((sum, bound) => sum + bound, 0)).toBeLessThanOrEqual(exportW + 1e-6)
  }
})

it('holds a reserve where it can be given, and refuses more with what there is', () => {
  const battery = known('battery', 0, { der: der('battery', store) })
  const asked = { kind: 'reserve', callSeconds: 600 } as const
  const scene = sceneOf({ ...asked, reserveW: 3000 }, [battery, known('heater', -1000)])
  const held = feasibilityOf(scene, market)
  expect(held).toMatchObject({ kind: 'feasible' })
  expect(held.kind === 'feasible' && Object.values(held.held).reduce((sum, W) => sum + W, 0)).toBeCloseTo(3000, 6)
  const more = feasibilityOf(sceneOf({ ...asked, reserveW: 30_000 }, [battery]), market)
  expect(more).toMatchObject({ kind: 'refused', best: { text: '5000 W for 600 s' } })
})

it('gives what was held when it is called, also where another service has moved its holder', () => {
  const scene = sceneOf({ kind: 'reserve', reserveW: 2000 }, [known('battery', 0, { der: der('battery', store) })])
  const elsewhere = () => ({ isMoved: true, heldUpW: 0, heldDownW: 0 })
  const called = (held: Running['held']): Scene => {
    const service = { ...scene.running.service, call: { at: now, until: now + 300, watts: 2000 } }
    return { ...scene, elsewhere, running: { ...scene.running, service, held } }
  }
  expect(wantedPower(called({ battery: 2000 }), market)?.orders.get('battery')?.W).toBeCloseTo(2000, 3)
  expect(wantedPower(called({}), market)?.orders.size).toBe(0)
})

const panels = { kind: 'pv', maxW: 9000, minW: 0, modes: ['opModGenLimW', 'opModExpLimW'] } as const

/** With what devices were told, and told before. */
function underOrders(scene: Scene, awards: readonly Award[]): Scene {
  const trail = Object.fromEntries(
    awards.map(({ lfdi, W, steering, since }) => [
      lfdi,
      [
        { at: now - 60, W, steering },
        { at: since, W, steering },
      ],
    ]),
  )
  const running = { ...scene.running, trail, service: { ...scene.running.service, awards: [...awards] } }
  return { ...scene, running, awards: new Map(awards.map((award) => [award.lfdi, award])) }
}

const store = {
  kind: 'storage' as const,
  maxW: 5000,
  minW: -5000,
  modes: ['opModTargetW', 'opModExpLimW', 'opModImpLimW'],
  store: { energyWh: 8000, capacityWh: 10_000, soc: 0.8 },
}

function sceneOf(asked: Asked, fleet: readonly Known[]): Scene {
  const members = fleet.map((each) => each.der.lfdi)
  const running = runningOf(asked, { now, members })
  return {
    running,
    known: new Map(fleet.map((each) => [each.der.lfdi, each])),
    awards: new Map(),
    elsewhere: () => ({ isMoved: false, heldUpW: 0, heldDownW: 0 }),
    now,
    rules: { silentSeconds: 120, settleSeconds: 20, tolerance: 0.1, presentSeconds: 30, primacy: 60 },
  }
}

function known(lfdi: string, W: number, changes: Partial<Known> = {}): Known {
  return {
    der: der(lfdi),
    history: { recent: [{ start: now - 10, seconds: 10, watts: W }], quarters: new Map() },
    responses: [],
    trust: { level: 0, Te: 1 },
    terms: {},
    usedWh: 0,
    counts: { asked: 0, followed: 0, dropped: 0 },
    ...changes,
  }
}

function der(lfdi: string, changes: Partial<Der> = {}): Der {
  return {
    lfdi,
    device: '1',
    groups: ['feeder'],
    groupKeys: ['feeder'],
    kind: 'load',
    modes: ['opModImpLimW'],
    maxW: 0,
    minW: -3000,
    maxVar: 0,
    ratedVA: 3000,
    isOff: false,
    isFaulty: false,
    trust: { level: 0, Te: 1 },
    ...changes,
  }
}

function drawn(lfdi: string, next: () => number): Known {
  const share = next()
  const kind = next()
  if (kind < 0.4) return known(lfdi, -Math.round(3000 * share))
  const pv = { kind: 'pv', maxW: 5000, minW: 0, modes: ['opModGenLimW', 'opModExpLimW'] } as const
  if (kind < 0.7) return known(lfdi, Math.round(5000 * share), { der: der(lfdi, pv) })
  return known(lfdi, Math.round((share - 0.5) * 4000), { der: der(lfdi, store) })
}
