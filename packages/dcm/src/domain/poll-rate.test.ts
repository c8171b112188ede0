import { createRandom } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { drawJitter, pollSeconds } from './poll-rate.ts'

it('takes the nearest rate, and 900 s when nobody names one', () => {
  expect(pollSeconds([undefined, 60, 300], 10)).toBe(60)
  expect(pollSeconds([undefined, undefined], 10)).toBe(900)
})

it('stays between the least period and two hours', () => {
  expect(pollSeconds([1], 10)).toBe(10)
  expect(pollSeconds([100_000], 10)).toBe(7200)
})

it('does not poll what asks not to be polled', () => {
  expect(pollSeconds([0, 60], 10)).toBeUndefined()
})

it('moves a wait by at most ten percent', () => {
  const random = createRandom('poll')
  const factors = Array.from({ length: 100 }, () => drawJitter(random))
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.9)
  expect(Math.max(...factors)).toBeLessThanOrEqual(1.1)
})
