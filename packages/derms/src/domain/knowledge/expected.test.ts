import { expect, it } from 'vitest'
import { expectedOf, scheduledLimitW, strongerSchedule, type Commitments } from './expected.ts'

const now = 6000
const history = { recent: [{ start: now - 10, seconds: 10, watts: -500 }], quarters: new Map() }

it('goes on as it is where nothing is agreed', () => {
  expect(expectedOf({ history }, 30)(now + 600)).toBe(-500)
})

it('does what it sold for later, while its meter says what it does now', () => {
  const positions = [
    { start: now - 60, seconds: 60, W: 3000 },
    { start: now, seconds: 60, W: 1200 },
  ]
  const expected = expectedOf({ history, positions }, 30)
  expect([now - 1, now + 30, now + 90].map(expected)).toEqual([-500, 1200, -500])
})

it('follows its schedules before all else', () => {
  const plan = [
    { at: now, W: 2000 },
    { at: now + 60, W: null },
  ]
  const expected = expectedOf({ history, plan, positions: [{ start: now, seconds: 120, W: 1 }] }, 30)
  expect([now, now + 60, now + 120].map(expected)).toEqual([2000, 1, -500])
})

it('cannot be moved where a stronger schedule holds its power or has it off', () => {
  const of = (schedule: Partial<NonNullable<Commitments['schedules']>[number]>) =>
    strongerSchedule({ schedules: [{ quantity: 'ActPow', value: 0, source: 's', priority: 941, ...schedule }] }, 60)
  expect(of({})).toBeDefined()
  expect(of({ priority: 940 })).toBeUndefined()
  expect(of({ quantity: 'OnOff', value: false })).toBeDefined()
  expect(of({ quantity: 'OnOff', value: true })).toBeUndefined()
  expect(of({ quantity: 'MaxPow' })).toBeUndefined()
  expect(of({ priority: null })).toBeUndefined()
})

it('delivers no more than the limit of its schedules', () => {
  const schedules = [{ quantity: 'MaxPow', value: 2500, source: 's', priority: 10 }] as const
  expect(scheduledLimitW({ schedules })).toBe(2500)
  expect(scheduledLimitW({})).toBe(Infinity)
})
