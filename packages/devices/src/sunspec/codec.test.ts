import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { rawOf, textOf, unimplemented, wordsOf, wordsOfText } from './codec.ts'
import { type PointType, r, text } from './models/layout.ts'

const ranges: readonly (readonly [PointType, number, number])[] = [
  ['uint16', 0, 65_534],
  ['int16', -32_767, 32_767],
  ['uint32', 0, 4_294_967_294],
  ['int32', -2_147_483_647, 2_147_483_647],
  ['uint64', 0, Number.MAX_SAFE_INTEGER],
]

it.each(ranges)('reads what it wrote: %s from %d to %d', (type, min, max) => {
  const point = { ...r(type), at: 0 }
  fc.assert(
    fc.property(fc.integer({ min, max }), (value) => {
      expect(rawOf(wordsOf(value, point), 0, point)).toBe(value)
    }),
  )
})

it.each(ranges.slice(0, 4))('holds what is too much within the range of %s', (type, min, max) => {
  const point = { ...r(type), at: 0 }
  expect(rawOf(wordsOf(1e12, point), 0, point)).toBe(max)
  expect(rawOf(wordsOf(-1e12, point), 0, point)).toBe(min)
})

it('takes what is not implemented, and what a short model does not have, for nothing', () => {
  for (const [type] of ranges) {
    const point = { ...r(type), at: 0 }
    expect(rawOf(unimplemented(type, point.size), 0, point)).toBeUndefined()
    expect(rawOf([], 0, point)).toBeUndefined()
  }
})

it('reads text up to its end', () => {
  const point = { ...text(8), at: 0 }
  expect(textOf(wordsOfText('Gridloom', point), 0, point)).toBe('Gridloom')
})
