import { expect, it } from 'vitest'
import {
  followsLimit,
  followsTarget,
  withinRating,
  type Order,
  type OrderRule,
  type Reading,
} from './power-readings.ts'
import { settleSeconds } from './settling.ts'

const device = { ratedWatts: 5000 }
const order: Order = { watts: 2000, since: 0, startWatts: 5000 }

it('gives a device time to ramp, and ten seconds at least', () => {
  expect(settleSeconds(device, 3000)).toBe(72)
  expect(settleSeconds(device, -3000)).toBe(72)
  expect(settleSeconds({ ...device, setGradW: 1000 }, 3000)).toBe(10)
  expect(settleSeconds({ ...device, setGradW: 0 }, 3000)).toBe(10)
})

it.each([
  [5200, []],
  [5300, ['PH-4']],
  [-5300, ['PH-4']],
])('judges a reading of %i W without a limit', (watts, wanted) => {
  expect(withinRating(device)({ at: 0, watts }).map(({ rule }) => rule)).toEqual(wanted)
})

it.each([
  ['still ramping', [reading(30, 5000), reading(60, 5000)], [[], []]],
  ['over the bound twice', [reading(90, 2300), reading(120, 2300)], [[], ['PH-6']]],
  ['over the bound for long', [reading(90, 2300), reading(120, 2300), reading(150, 2300)], [[], ['PH-6'], ['PH-6']]],
  ['over the bound with a pause', [reading(90, 2300), reading(120, 2000), reading(150, 2300)], [[], [], []]],
  ['within the bound', [reading(90, 2240), reading(120, 2240)], [[], []]],
])('judges a device under a limit that is %s', (_, readings, wanted) => {
  expect(judged(followsLimit(device), readings)).toEqual(wanted)
})

it.each([
  ['above it', [reading(90, 2300), reading(120, 2300)], [[], ['PH-5']]],
  ['below it', [reading(90, 1700), reading(120, 1700)], [[], ['PH-5']]],
  ['below it for want of sun', [dim(90, 1700), dim(120, 1700)], [[], []]],
  ['above it, whatever the sun', [dim(90, 2300), dim(120, 2300)], [[], ['PH-5']]],
  ['near it', [reading(90, 2200), reading(120, 1800)], [[], []]],
])('judges a device with a target that is %s', (_, readings, wanted) => {
  expect(judged(followsTarget(device), readings)).toEqual(wanted)
})

it('believes what it finds of readings by nine tenths', () => {
  const [finding] = followsLimit(device)(1, reading(120, 2300), order).findings
  expect(finding).toEqual({ rule: 'PH-6', category: 'physics', severity: 'major', q: 0.9, on: 'sender' })
})

function judged(rule: OrderRule, readings: readonly Reading[]): readonly (readonly string[])[] {
  let misses = 0
  return readings.map((next) => {
    const outcome = rule(misses, next, order)
    misses = outcome.misses
    return outcome.findings.map((finding) => finding.rule)
  })
}

function reading(at: number, watts: number): Reading {
  return { at, watts }
}

function dim(at: number, watts: number): Reading {
  return { at, watts, sourceLimited: true }
}
