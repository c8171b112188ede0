import { expect, it } from 'vitest'
import { readFeeder } from '../../inputs.ts'
import { readFeeder as readVectorFeeder } from '../../testing/vectors.ts'
import { createLiveFeeder, type LiveFeeder, type Tick } from './live-feeder.ts'
import { createPlacement } from './placement.ts'

it.each(['ieee13', 'ieee34', 'ieee123'] as const)('knows %s as the vectors have it', (name) => {
  expect(readFeeder(name)).toEqual(readVectorFeeder(name))
})

it('raises the voltage where a device delivers, and lowers it where it absorbs vars', () => {
  const { live, puAt } = feederOf('ieee13', 0)
  const place = createPlacement(live.plan, 1, { x: '675.a' })('x')
  live.step(tick())
  const before = puAt('675', 0)
  live.step(tick({ injections: [{ place, watts: 300_000, vars: 0 }] }))
  const delivering = puAt('675', 0)
  live.step(tick({ injections: [{ place, watts: 300_000, vars: -200_000 }] }))
  expect(delivering).toBeGreaterThan(before + 0.005)
  expect(puAt('675', 0)).toBeLessThan(delivering - 0.003)
})

it('passes a sag of the source on, and recovers', () => {
  const { live, puAt } = feederOf('ieee13', 0)
  live.step(tick())
  const before = puAt('671', 1)
  live.step(tick({ source: 0.8 }))
  expect(puAt('671', 1)).toBeLessThan(0.85 * before)
  live.step(tick())
  expect(puAt('671', 1)).toBeCloseTo(before, 5)
})

it.each(['ieee13', 'ieee34', 'ieee123', { nodes: 500 }] as const)(
  'keeps %j near nominal by its regulators through light and heavy load',
  (choice) => {
    const { live } = feederOf(choice, 30)
    for (const [index, share] of [0.3, 0.3, 0.6, 1, 1, 0.6, 0.3].entries()) {
      for (let step = 0; step < 40; step += 1) live.step(tick({ seconds: 2000 * index + 31 * step, shares: [share] }))
      const all = live.magnitudes.filter((pu) => pu > 0)
      expect(Math.max(...all)).toBeLessThan(1.07)
      expect(Math.min(...all)).toBeGreaterThan(0.88)
    }
  },
)

it('keeps the last good voltages where there is no solution', () => {
  const { live, puAt } = feederOf('ieee13', 0)
  live.step(tick())
  const before = puAt('671', 0)
  const outcome = live.step(tick({ shares: [5] }))
  expect(outcome).toMatchObject({ kind: 'unsolved', worstNode: expect.any(String) })
  expect(puAt('671', 0)).toBe(before)
  expect(live.step(tick())).toMatchObject({ kind: 'solved' })
})

it('takes the loads away behind an outage', () => {
  const { live } = feederOf('ieee13', 0)
  live.step(tick())
  const before = live.sourceKw()
  live.step(tick({ darkNodes: ['671'] }))
  expect(live.sourceKw()).toBeLessThan(0.55 * before)
})

it('draws the same place for a device whoever comes before, on a phase with a load nearby', () => {
  const { live } = feederOf('ieee123', 0)
  const [one, other] = [1, 2].map(() => createPlacement(live.plan, 7, {}))
  other?.('somebody else')
  expect(one?.('pv-1')).toEqual(other?.('pv-1'))
  const nodes = new Set(Array.from({ length: 300 }, (_, n) => one?.(`pv-${n}`).text.split('.')[0]))
  expect(nodes.size).toBeGreaterThan(50)
  expect(live.plan.loads.map(({ node }) => node)).toEqual(expect.arrayContaining([...nodes]))
})

it.each([
  [{ x: '999' }, 'placement of "x": there is no live node "999"'],
  [{ x: '610' }, 'placement of "x": no neutral reaches node "610" behind its delta winding'],
  [{ x: '2.a' }, 'placement of "x": node "2" has no live phase a'],
])('refuses the placement %j', (configured, message) => {
  const { live } = feederOf('ieee123', 0)
  expect(() => createPlacement(live.plan, 1, configured)).toThrow(message)
})

function feederOf(choice: Parameters<typeof readFeeder>[0], tapSeconds: number) {
  const file = readFeeder(choice)
  if (!file) throw new Error('no feeder')
  const live: LiveFeeder = createLiveFeeder({ file, tapSeconds })
  const puAt = (node: string, phase: number) => live.magnitudes[3 * live.plan.ids.indexOf(node) + phase] ?? 0
  return { live, puAt }
}

function tick(changes: Partial<Tick> = {}): Tick {
  return { seconds: 0, injections: [], shares: [1], source: 1, darkNodes: [], ...changes }
}
