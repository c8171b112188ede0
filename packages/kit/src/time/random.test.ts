import { expect, it } from 'vitest'
import { createRandom } from './random.ts'

it('gives the same run for the same seed, and another for another', () => {
  expect(draw('a')).toEqual(draw('a'))
  expect(draw('a')).not.toEqual(draw('b'))
})

it('forks into parts that do not disturb one another', () => {
  const whole = createRandom(7)
  const before = whole.fork('dcm-1').next()
  whole.next()
  expect(whole.fork('dcm-1').next()).toBe(before)
  expect(whole.fork('dcm-2').next()).not.toBe(before)
})

it('draws evenly from the whole range', () => {
  const random = createRandom('even')
  const drawn = Array.from({ length: 40_000 }, () => random.integer(0, 3))
  for (const value of [0, 1, 2, 3]) {
    const count = drawn.filter((each) => each === value).length
    expect(Math.abs(count - 10_000)).toBeLessThan(400)
  }
})

function draw(seed: string): readonly unknown[] {
  const random = createRandom(seed)
  return [random.next(), random.integer(-5, 5), ...random.bytes(12)]
}
