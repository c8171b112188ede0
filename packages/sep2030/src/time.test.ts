import { expect, it } from 'vitest'
import { endOf, offsetAt, seconds } from './time.ts'

const zone = { tzOffset: -18_000, dstOffset: 3600, dstStartTime: 1000, dstEndTime: 2000 }

it('reckons with times that a number holds', () => {
  expect(seconds(1_790_000_000)).toBe(1_790_000_000)
  expect(seconds(5n)).toBe(5)
  expect(() => seconds(9223372036854775807n)).toThrow('not a time to reckon with: "9223372036854775807"')
})

it('ends an interval with its last second', () => {
  expect(endOf({ start: 100, duration: 60 })).toBe(160)
})

it.each([
  [999, -18_000],
  [1000, -14_400],
  [1999, -14_400],
  [2000, -18_000],
])('knows the offset at %i', (time, offset) => {
  expect(offsetAt(time, zone)).toBe(offset)
})
