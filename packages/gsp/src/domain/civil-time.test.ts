import { expect, it } from 'vitest'
import { civilTime } from './civil-time.ts'

const january = Date.UTC(2026, 0, 15) / 1000
const july = Date.UTC(2026, 6, 15) / 1000

it('has no daylight saving where there is none', () => {
  expect(civilTime('Australia/Brisbane', july)).toEqual({
    tzOffset: 36_000,
    dstOffset: 0,
    dstStartTime: 0,
    dstEndTime: 0,
  })
})

it.each([
  ['in summer', july],
  ['in the winter before', january],
])('names the period of daylight saving %s', (_when, now) => {
  expect(civilTime('America/Los_Angeles', now)).toEqual({
    tzOffset: -8 * 3600,
    dstOffset: 3600,
    dstStartTime: Date.UTC(2026, 2, 8, 10) / 1000,
    dstEndTime: Date.UTC(2026, 10, 1, 9) / 1000,
  })
})

it('knows a summer that spans the new year', () => {
  expect(civilTime('Australia/Sydney', january)).toEqual({
    tzOffset: 36_000,
    dstOffset: 3600,
    dstStartTime: Date.UTC(2025, 9, 4, 16) / 1000,
    dstEndTime: Date.UTC(2026, 3, 4, 16) / 1000,
  })
})
