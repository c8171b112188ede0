import { expect, it } from 'vitest'
import { solved } from '../../testing/solved.ts'
import { readFeeder } from '../../testing/vectors.ts'
import { createFeeder } from './feeder.ts'
import { phases } from './phases.ts'
import { relaysOf, settleTaps } from './tap-control.ts'

it('finds 15 of the 18 relays of the test feeders inside their band', () => {
  const relays = ['ieee13', 'ieee34', 'ieee123'].flatMap((name) => relaysOf(solved(readFeeder(name))))
  const outside = relays.filter(({ volts, centre, bandwidth }) => Math.abs(volts - centre) > bandwidth / 2)
  expect(relays).toHaveLength(18)
  expect(outside.map(({ regulator, phase }) => regulator + phase)).toEqual(['RG10a', 'RG1b', 'RG1c'])
  expect(outside[0]?.volts).toBeCloseTo(120.48, 2)
})

it.each(['ieee13', 'ieee34', 'ieee123'])(
  'taps %s from neutral to a rest within three taps of the published ones',
  (name) => {
    const file = readFeeder(name)
    const neutral = Object.fromEntries(file.regulators.map(({ id }) => [id, { a: 0, b: 0, c: 0 }]))
    const { outcome, taps, resting } = settleTaps(createFeeder(file), { taps: neutral })
    expect([outcome.kind, resting]).toEqual(['solved', true])
    for (const { id, taps: published } of file.regulators) {
      for (const phase of phases) {
        const apart = (taps[id]?.[phase] ?? 0) - (published[phase] ?? 0)
        expect(Math.abs(apart), id + phase).toBeLessThanOrEqual(3)
      }
    }
  },
)

it('stops at the end of the range', () => {
  const file = readFeeder('ieee13')
  const { taps, resting } = settleTaps(createFeeder(file), { loadScale: 1.8 })
  expect(resting).toBe(true)
  expect(taps.RG60?.c).toBe(16)
})
