import { expect, it } from 'vitest'
import { parseModes } from './control-mode.ts'

it('reads percentages, watts and booleans in plain units', () => {
  expect(parseModes(['opModMaxLimW=50%', 'opModTargetW=-2kW', 'opModConnect=false', 'rampTms=10s'])).toEqual({
    opModMaxLimW: 50,
    opModTargetW: -2000,
    opModConnect: false,
    rampTms: 10,
  })
})

it('reads the fields with a structure in short and in full', () => {
  expect(parseModes(['opModFixedVar=30%', 'opModFixedPFInjectW={"powerFactor":0.9,"absorbs":true}'])).toEqual({
    opModFixedVar: { percent: 30, of: 'setMaxVar' },
    opModFixedPFInjectW: { powerFactor: 0.9, absorbs: true },
  })
})

it.each([
  ['opModMaxLimW', 'has no'],
  ['opModMaxLim=50%', 'is not a control'],
  ['opModMaxLimW=5kW', 'is not a number with a unit (%)'],
  ['opModMaxLimW=150%', '100'],
  ['opModConnect=maybe', 'boolean'],
  ['opModVoltVar=12', '32 hexadecimal digits'],
  ['opModFixedVar={', 'is not JSON'],
])('refuses "%s"', (text, reason) => {
  expect(() => parseModes([text])).toThrow(reason)
})

it('refuses a mode that is named twice', () => {
  expect(() => parseModes(['opModConnect=true', 'opModConnect=false'])).toThrow('twice')
})
