import { createRandom } from '@gridloom/kit'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { beginFollowing, follow, type Follower } from './follow.ts'
import { participate, trustedRoom, type RegulationDer } from './participation.ts'
import { scoreOf } from './score.ts'
import { spread } from './spread.ts'

const need = { capacityW: 3000, responseSeconds: 10, energySeconds: 900 }

it('shares by the least of room, ramp and energy, less what trust takes off', () => {
  const fleet = [
    der('room', { maxW: 1000, minW: -1000 }),
    der('ramp', { rampWPerSecond: 100 }),
    der('energy', { energy: { aboveEmptyWh: 250, belowFullWh: 250 } }),
    der('suspect', { maxW: 2000, minW: -2000, trust: { Te: 0.5, level: 2 } }),
    der('distrusted', { trust: { Te: 0.3, level: 3 } }),
  ]
  expect(participate(fleet, need)).toEqual({
    status: 'feasible',
    capacityW: 3000,
    shares: ['room', 'ramp', 'energy', 'suspect'].map((id) => ({ id, upW: 750, downW: 750, factor: 0.25 })),
  })
})

it('refuses what one side cannot give and says what it could', () => {
  const fleet = [der('pv', { baseW: 4000, maxW: 4500, minW: 0 })]
  expect(participate(fleet, need)).toEqual({ status: 'refused', reason: '500 W up of 3000 W', bestW: 500 })
  expect(participate([], need)).toMatchObject({ status: 'refused', bestW: 0 })
})

it('follows a signal exactly where nothing binds', () => {
  const state = begin([der('a'), der('b', { baseW: -2000 })], 4000)
  const { setpoints, askedW, givenW } = follow(state, 0.5, 4)
  expect(askedW).toBe(2000)
  expect(givenW).toBeCloseTo(2000, 6)
  expect(setpoints.reduce((sum, { W }) => sum + W, 0)).toBeCloseTo(0, 6)
})

it('lets the fast ones stand in until the slow ones are there', () => {
  const begun = begin([der('slow', { rampWPerSecond: 50 }), der('fast')], 1000, 60)
  const first = follow(begun, 1, 2)
  expect(first.setpoints).toEqual([
    { id: 'slow', W: 100 },
    { id: 'fast', W: 900 },
  ])
  expect(follow(first.state, 1, 2).setpoints[0]).toEqual({ id: 'slow', W: 200 })
})

it('goes back to the base when the signal ends, no faster than it can', () => {
  const { state } = follow(begin([der('slow', { rampWPerSecond: 50 }), der('fast')], 1000, 60), 1, 4)
  const { setpoints, askedW } = follow(state, undefined, 1)
  expect({ setpoints, askedW }).toEqual({
    setpoints: [
      { id: 'slow', W: 150 },
      { id: 'fast', W: 0 },
    ],
    askedW: 0,
  })
})

it('brings a store that drifted back while others stand in for it', () => {
  const fleet = [der('battery', { energy: { aboveEmptyWh: 500, belowFullWh: 500 } }), der('heater')]
  let state = begin(fleet, 2000)
  for (let beat = 0; beat < 100; beat++) state = follow(state, 1, 4).state
  const drifted = state[0]?.givenWh ?? 0
  expect(drifted).toBeGreaterThan(20)
  for (let beat = 0; beat < 900; beat++) {
    const { state: next, givenW } = follow(state, beat % 2 === 0 ? 0.5 : -0.5, 4)
    expect(givenW).toBeCloseTo(beat % 2 === 0 ? 1000 : -1000, 6)
    state = next
  }
  expect(Math.abs(state[0]?.givenWh ?? 0)).toBeLessThan(drifted / 10)
})

it('never asks a DER for more than its bounds, ramp and energy allow, whatever the signal', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = createRandom(seed)
    const fleet = Array.from({ length: random.integer(1, 12) }, (_, n) => drawn(`der-${n}`, random.next))
    let state = beginFollowing(fleet, allShares(fleet))
    for (let beat = 0; beat < 200; beat++) {
      const signal = beat % 50 === 49 ? undefined : 2 * random.next() - 1
      const { state: next } = follow(state, signal, 4)
      expect(next.map((follower, index) => faultOf(state[index], follower)).filter(Boolean)).toEqual([])
      state = next
    }
  }
})

it('splits a sum exactly where the bounds allow it', () => {
  const bound = fc.double({ min: 0, max: 1e5, noNaN: true })
  const part = fc
    .record({ least: bound, most: bound, from: bound, up: bound, down: bound })
    .map((one) => ({ ...one, least: -one.least }))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }), (parts, sum) => {
      const given = spread(sum, parts)
      const least = parts.reduce((total, one) => total + one.least, 0)
      const most = parts.reduce((total, one) => total + one.most, 0)
      given.forEach((value, index) => {
        expect(value).toBeGreaterThanOrEqual(parts[index]?.least ?? 0)
        expect(value).toBeLessThanOrEqual(parts[index]?.most ?? 0)
      })
      const total = given.reduce((all, one) => all + one, 0)
      expect(Math.abs(total - Math.min(Math.max(sum, least), most))).toBeLessThan(1e-3)
    }),
  )
})

it('scores a perfect, a late, a half and a missing answer', () => {
  const random = createRandom('signal')
  const asked = Array.from({ length: 300 }, () => 2 * random.next() - 1)
  expect(scoreOf(asked, asked, 4)).toEqual({ correlation: 1, delaySeconds: 0, delay: 1, precision: 1, score: 1 })
  const late = [...Array.from({ length: 5 }, () => 0), ...asked.slice(0, -5)]
  expect(scoreOf(asked, late, 4)).toMatchObject({ delaySeconds: 20, delay: 1 - 20 / 300 })
  expect(scoreOf(asked, late, 4).correlation).toBeCloseTo(1, 9)
  const half = scoreOf(
    asked,
    asked.map((value) => value / 2),
    4,
  )
  expect(half.precision).toBeCloseTo(0.5, 9)
  expect(half.correlation).toBeCloseTo(1, 9)
  expect(scoreOf(asked, [], 4)).toMatchObject({ correlation: 0, precision: 0, score: 0 })
})

it('scores a signal without shape by nearness alone', () => {
  expect(scoreOf([1, 1, 1], [1, 1, 1], 4).score).toBe(1)
  expect(scoreOf([0, 0], [0, 0], 4).score).toBe(1)
  expect(scoreOf([1, 1], [-1, -1], 4).score).toBe(0)
  expect(scoreOf([], [], 4).score).toBe(1)
})

function der(id: string, change: Partial<RegulationDer> = {}): RegulationDer {
  return { id, baseW: 0, minW: -5000, maxW: 5000, trust: { Te: 1, level: 0 }, ...change }
}

function begin(fleet: readonly RegulationDer[], capacityW: number, responseSeconds = 10): readonly Follower[] {
  const answer = participate(fleet, { capacityW, responseSeconds, energySeconds: 900 })
  return beginFollowing(fleet, answer.status === 'feasible' ? answer.shares : [])
}

function allShares(fleet: readonly RegulationDer[]) {
  return fleet.map((one) => {
    const { up, down } = trustedRoom(one)
    return { id: one.id, upW: up, downW: down, factor: 1 / fleet.length }
  })
}

function drawn(id: string, next: () => number): RegulationDer {
  const room = { baseW: 2000 * next() - 1000, minW: -1000 - 4000 * next(), maxW: 1000 + 4000 * next() }
  const ramp = next() < 0.5 ? { rampWPerSecond: 20 + 200 * next() } : {}
  const energy = next() < 0.5 ? { energy: { aboveEmptyWh: 20 * next(), belowFullWh: 20 * next() } } : {}
  return der(id, { ...room, ...ramp, ...energy, trust: { Te: next(), level: Math.floor(4 * next()) } })
}

function faultOf(before: Follower | undefined, { der: one, changeW, givenWh }: Follower): string | undefined {
  const { up, down } = trustedRoom(one)
  if (changeW > up + 1e-6 || changeW < -down - 1e-6) return `${one.id}: out of bounds`
  const isOut = one.energy && (givenWh > one.energy.aboveEmptyWh + 1e-6 || givenWh < -one.energy.belowFullWh - 1e-6)
  if (isOut) return `${one.id}: out of energy`
  const step = Math.abs(changeW - (before?.changeW ?? 0))
  if (!one.energy && step > (one.rampWPerSecond ?? Infinity) * 4 + 1e-6) return `${one.id}: too fast`
  return undefined
}
