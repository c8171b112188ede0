import { expect, it } from 'vitest'
import { backoffSeconds, parseRetryAfter } from './backoff.ts'
import { createRandom } from './random.ts'

it('doubles the longest wait with every try, up to the cap', () => {
  const longest = { ...createRandom(1), next: () => 1 }
  expect([0, 1, 2, 3, 8, 9, 50].map((attempt) => backoffSeconds(attempt, longest))).toEqual([1, 2, 4, 8, 256, 300, 300])
})

it('spreads the waits of a fleet over the whole range', () => {
  const random = createRandom('fleet')
  const waits = Array.from({ length: 1000 }, () => backoffSeconds(5, random))
  expect(Math.min(...waits)).toBeLessThan(1)
  expect(Math.max(...waits)).toBeGreaterThan(31)
})

it.each([
  ['120', 120],
  ['Thu, 01 Jan 1970 00:01:40 GMT', 60],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('reads Retry-After %s', (header, seconds) => {
  expect(parseRetryAfter(header, 40)).toBe(seconds)
})
