import { expect, it } from 'vitest'
import { DERControlBase } from '../generated/complex-types.ts'
import { bitsIn, hexOf } from './bitmap.ts'
import { alarmCode, derControlModes, derCurveType } from './der.ts'

it('names the bits of a bitmap and makes a bitmap of names', () => {
  const modes = ['opModConnect', 'opModMaxLimW', 'opModTargetW'] as const
  expect(hexOf([...modes], derControlModes, 32)).toBe('00500004')
  expect(bitsIn('00500004', derControlModes)).toEqual(modes)
})

it('reads a bitmap of any width, and leaves out bits that have no name', () => {
  expect(bitsIn('', derControlModes)).toEqual([])
  expect(bitsIn('F0000004', derControlModes)).toEqual(['opModConnect'])
})

it('names modes and curves as the fields of DERControlBase', () => {
  const fields = DERControlBase.elements?.map(({ name }) => name)
  expect(fields).toEqual(expect.arrayContaining(Object.keys(derControlModes).slice(2)))
  expect(fields).toEqual(expect.arrayContaining(Object.keys(derCurveType)))
})

it('codes an alarm when it comes and when it clears', () => {
  expect([alarmCode('overCurrent', true), alarmCode('phaseRotation', false)]).toEqual([0, 21])
})
