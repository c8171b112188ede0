import { expect, it } from 'vitest'
import { parseFeed } from './price-feed.ts'

const noon = Date.parse('2027-01-04T12:00:00Z') / 1000

it.each([
  ['CSV', 'price,time\r\n-1.5,2027-01-04T12:00:00Z\r\n\r\n'],
  ['a JSON list', '[{"start":"2027-01-04T12:00:00Z","price":-1.5}]'],
  ['a JSON list under prices', '{"prices":[{"start":"2027-01-04T13:00:00+01:00","price":-1.5}]}'],
])('reads %s', (_, text) => {
  expect(parseFeed(text)).toEqual([{ dtStart: noon, price: -1.5 }])
})

it.each([
  ['no head', '2027-01-04T12:00:00Z,1', 'no columns'],
  ['a price that is none', 'time,price\n2027-01-04T12:00:00Z,dear', 'not valid'],
  ['an empty price', 'time,price\n2027-01-04T12:00:00Z,', 'not valid'],
  ['a time that is none', '[{"start":"noon","price":1}]', '"noon" is not an instant'],
])('says what is wrong with %s', (_, text, message) => {
  expect(() => parseFeed(text)).toThrow(message)
})
