import { expect, it } from 'vitest'
import { askedBy, isAsked } from './responses.ts'

it.each([
  ['00', []],
  ['01', [1]],
  ['02', [2, 3, 6, 7, 10, 13, 14, 252, 253, 254]],
  ['04', [4, 5, 8, 9]],
])('responseRequired %s asks for %j (D25)', (responseRequired, expected) => {
  const asks = askedBy({ ...copy, responseRequired })
  expect(statuses.filter((status) => isAsked(asks, status))).toEqual(expected)
})

it('nothing is asked without a place to answer to, or without responseRequired', () => {
  const { replyTo: _, ...unanswerable } = copy
  expect(askedBy({ ...unanswerable, responseRequired: '07' })).toBe(0)
  expect(askedBy(copy)).toBe(0)
})

const statuses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 252, 253, 254]
const copy = {
  server: 'A',
  mRID: '01',
  creationTime: 0,
  start: 0,
  duration: 1,
  status: { currentStatus: 0, dateTime: 0 },
  replyTo: '/rsps/1/rsp',
  controls: {},
}
