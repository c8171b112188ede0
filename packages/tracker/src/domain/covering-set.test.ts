import { expect, it } from 'vitest'
import { coveringSet } from './covering-set.ts'

it('takes the smallest sum that covers the need', () => {
  expect(idsFor(450, { a: 180, b: 270, c: 315 })).toEqual(['a', 'b'])
})

it('takes fewer units of two sets with the same sum', () => {
  expect(idsFor(300, { a: 100, b: 200, c: 300 })).toEqual(['c'])
})

it('takes the ids that come first of two sets alike', () => {
  expect(idsFor(300, { b: 100, d: 200, c: 200, a: 100 })).toEqual(['a', 'c'])
})

it('takes all when none covers', () => {
  expect(idsFor(1000, { b: 100, a: 200 })).toEqual(['a', 'b'])
})

it('goes by the largest and then the smallest that covers, when there are more than 20', () => {
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`u${index + 10}`, index + 1]))
  expect(idsFor(45, many)).toEqual(['u30', 'u29', 'u13'])
})

function idsFor(need: number, units: Readonly<Record<string, number>>): readonly string[] {
  const list = Object.entries(units).map(([id, usable]) => ({ id, usable }))
  return coveringSet(list, need).map(({ id }) => id)
}
