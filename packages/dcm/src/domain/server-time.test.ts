import { expect, it } from 'vitest'
import { serverSecond, serverTimeOf, steadied } from './server-time.ts'

it('measures the offset at the middle of the request', () => {
  expect(serverTimeOf(time(1060), 1000, 1001).offset).toBe(60)
})

it('sees no offset between equal clocks, whatever the fraction of the second', () => {
  const offsets = [0, 0.25, 0.999].map((fraction) => serverTimeOf(time(1000), 1000 + fraction, 1000 + fraction).offset)
  expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(0.5)
})

it('ignores a tremble of up to one second and follows a step', () => {
  const known = { offset: 60, quality: 7 }
  expect(steadied(known, { offset: 60.9, quality: 4 })).toEqual({ offset: 60, quality: 4 })
  expect(steadied(known, { offset: 62, quality: 7 }).offset).toBe(62)
})

it('counts in whole server seconds', () => {
  expect(serverSecond({ offset: 0.5, quality: 7 }, 10.4)).toBe(10)
  expect(serverSecond(undefined, 10.9)).toBe(10)
})

function time(currentTime: number) {
  return { currentTime, dstEndTime: 0, dstOffset: 0, dstStartTime: 0, quality: 7, tzOffset: 0 }
}
