import { expect, it } from 'vitest'
import { parsePaging } from './paging.ts'

const options = { timed: true, most: 500 }

it.each([
  ['', { start: 0, limit: 1 }],
  ['l=0', { start: 0, limit: 0 }],
  ['l=1000', { start: 0, limit: 500 }],
  ['s=3&l=2', { start: 3, limit: 2 }],
  ['l=0&l=2', { start: 0, limit: 0 }],
  ['s=1&s=-1', { start: 1, limit: 1 }],
  ['x=9&colour=blue', { start: 0, limit: 1 }],
  ['a=1800000000&l=5', { start: 0, limit: 5, after: 1_800_000_000 }],
  ['a=-5', { start: 0, limit: 1, after: -5 }],
])('reads "%s"', (search, paging) => {
  expect(parsePaging(search, options)).toEqual(paging)
})

it.each(['s=-1', 'l=-1', 's=x', 'l=', 'l=1.5', 'a=soon'])('refuses "%s"', (search) => {
  expect(() => parsePaging(search, options)).toThrow(expect.objectContaining({ code: 'invalid' }))
})

it('ignores a on a list that is not ordered by time, whatever it says', () => {
  expect(parsePaging('a=soon', { timed: false, most: 500 })).toEqual({ start: 0, limit: 1 })
})
