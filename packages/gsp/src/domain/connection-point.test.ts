import { expect, it } from 'vitest'
import { checkConnectionPoint, isNmi, nmiCheckDigit } from './connection-point.ts'

const anyRules = { locked: false, prefixes: [] }

// the published examples of the market operator's procedure
it.each([
  ['2001985732', 8],
  ['2001985733', 6],
  ['3075621875', 8],
  ['4316854005', 9],
  ['NAAAMYS582', 6],
  ['NBBBX11110', 0],
  ['QAAAVZZZZZ', 3],
  ['VKTS786150', 2],
])('gives the NMI %s the check digit %i', (characters, digit) => {
  expect(nmiCheckDigit(characters)).toBe(digit)
  expect(isNmi(`${characters}${digit}`)).toBe(true)
  expect(isNmi(`${characters}${(digit + 1) % 10}`)).toBe(false)
})

it('never takes an O or an I for an NMI', () => {
  expect(isNmi('QOAAVZZZZZ3')).toBe(false)
})

it('refuses an NMI with a wrong check digit and lets other ids be', () => {
  expect(() => checkConnectionPoint('20019857329', undefined, anyRules)).toThrow(/not an NMI/)
  expect(() => checkConnectionPoint('NOTAVALIDID', undefined, anyRules)).toThrow(/not an NMI/)
  expect(() => checkConnectionPoint('site 12', undefined, anyRules)).not.toThrow()
})

it('refuses an NMI of another network', () => {
  const rules = { locked: false, prefixes: ['Q'] }
  expect(() => checkConnectionPoint('20019857328', undefined, rules)).toThrow(/not a connection point of this network/)
  expect(() => checkConnectionPoint('QAAAVZZZZZ3', undefined, rules)).not.toThrow()
})

it('keeps a locked connection point', () => {
  const rules = { locked: true, prefixes: [] }
  expect(() => checkConnectionPoint('site 2', 'site 1', rules)).toThrow(expect.objectContaining({ code: 'conflict' }))
  expect(() => checkConnectionPoint('site 1', 'site 1', rules)).not.toThrow()
})
