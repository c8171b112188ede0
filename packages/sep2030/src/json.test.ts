import { expect, it } from 'vitest'
import { decodeDocument } from './codec/decode.ts'
import { fromJson, toJson } from './json.ts'

const registration =
  '<Registration xmlns="urn:ieee:std:2030.5:ns" href="/edev/1/rg"><dateTimeRegistered>9223372036854775807</dateTimeRegistered><pIN>111115</pIN></Registration>'

it('keeps every digit on the way to JSON and back', () => {
  const document = decodeDocument(registration)
  const json = toJson(document)
  expect(json).toContain('"dateTimeRegistered": 9223372036854775807')
  expect(fromJson(json)).toEqual(document)
})

it('refuses JSON that the schema would refuse as XML', () => {
  const json = '{"root":"Registration","value":{"dateTimeRegistered":"soon","pIN":1}}'
  expect(() => fromJson(json)).toThrow('/Registration/dateTimeRegistered: not a number of type Int64, found "soon"')
})

it.each(['', '[]', '{"root":1,"value":{}}', '{"root":"Foo","value":{}}'])('refuses what is no document: %s', (json) => {
  expect(() => fromJson(json)).toThrow(/not JSON|not of the form|no element/)
})
