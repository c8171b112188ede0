import { DERControl, DefaultDERControl, decode, encode } from '@gridloom/sep2030'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { plainControls, plainSettings, powerOf, wireControls, wireSettings, type CurveNames } from './control-fields.ts'

const curves: CurveNames = {
  hrefOf: (mRID) => `/derp/1/dc/${mRID}`,
  mridOf: (href) => href.slice('/derp/1/dc/'.length),
}
const profile = 'csipaus-1.3'

it('carries every control over the wire and back', () => {
  fc.assert(
    fc.property(controls, (plain) => {
      const DERControlBase = wireControls(plain, curves)
      const bytes = encode(DERControl, { ...event, DERControlBase }, { profile })
      expect(plainControls(decode(DERControl, bytes, { profile }).DERControlBase, curves)).toEqual(plain)
    }),
  )
})

it('carries every setting of a default control over the wire and back', () => {
  fc.assert(
    fc.property(settings, (plain) => {
      const body = { mRID: 'AA', DERControlBase: {}, ...wireSettings(plain) }
      const bytes = encode(DefaultDERControl, body, { profile })
      expect(plainSettings(decode(DefaultDERControl, bytes, { profile }))).toEqual(plain)
    }),
  )
})

it.each([
  [5000, { multiplier: 0, value: 5000 }],
  [-32_768, { multiplier: 0, value: -32_768 }],
  [100_000, { multiplier: 1, value: 10_000 }],
  [12_345_678, { multiplier: 3, value: 12_346 }],
  [0.5, { multiplier: -4, value: 5000 }],
  [0, { multiplier: 0, value: 0 }],
])('writes %d W as an ActivePower', (watts, written) => {
  expect(powerOf(watts)).toEqual(written)
})

const event = {
  mRID: 'AA',
  creationTime: 0,
  EventStatus: { currentStatus: 0, dateTime: 0, potentiallySuperseded: false },
  interval: { duration: 1, start: 0 },
}

const hundredths = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((value) => value / 100)
const watts = fc.integer({ min: -32_767, max: 32_767 })
const powerFactor = fc.record({
  powerFactor: fc.integer({ min: 1, max: 10_000 }).map((value) => value / 10_000),
  absorbs: fc.boolean(),
})
const curve = fc.integer({ min: 0, max: 2 ** 30 }).map((value) => value.toString(16).toUpperCase().padStart(32, '0'))

const controls = fc.record(
  {
    opModConnect: fc.boolean(),
    opModEnergize: fc.boolean(),
    opModFixedPFAbsorbW: powerFactor,
    opModFixedPFInjectW: powerFactor,
    opModFixedVar: fc.record({
      percent: hundredths(-100, 100),
      of: fc.constantFrom('setMaxW', 'setMaxVar', 'statVarAvail'),
    }),
    opModFixedW: hundredths(-100, 100),
    opModFreqDroop: fc.record({
      dBOF: fc.integer({ min: 0, max: 5000 }).map((value) => value / 1000),
      dBUF: fc.constant(0.036),
      kOF: fc.constant(0.05),
      kUF: fc.constant(0.04),
      openLoopTms: hundredths(0, 600),
    }),
    opModFreqWatt: curve,
    opModVoltVar: curve,
    opModWattPF: curve,
    opModMaxLimW: hundredths(0, 100),
    opModTargetVar: watts,
    opModTargetW: watts,
    opModExpLimW: fc.nat(32_767),
    opModStorageTargetW: watts,
    rampTms: hundredths(0, 655),
  },
  { requiredKeys: [], noNullPrototype: true },
)

const settings = fc.record(
  {
    setESDelay: hundredths(0, 1000),
    setESHighFreq: hundredths(0, 600),
    setESHighVolt: hundredths(-300, 300),
    setESLowFreq: hundredths(0, 600),
    setESLowVolt: hundredths(-300, 300),
    setESRampTms: hundredths(0, 1000),
    setESRandomDelay: hundredths(0, 1000),
    setGradW: hundredths(0, 600),
    setSoftGradW: hundredths(0, 600),
  },
  { requiredKeys: [], noNullPrototype: true },
)
