import type { DERCurve } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { setpointOf } from './setpoint-of.ts'

it('turns every plain field of a DERControlBase into SI units and fractions', () => {
  const setpoint = setpointOf({
    opModConnect: true,
    opModEnergize: false,
    opModMaxLimW: 5000,
    opModFixedW: -2500,
    opModTargetW: { multiplier: 3, value: -2 },
    opModTargetVar: { multiplier: -1, value: 5 },
    opModFixedVar: { refType: 2, value: -4400 },
    opModFixedPFInjectW: { displacement: 95, excitation: true, multiplier: -2 },
    opModFreqDroop: { dBOF: 36, dBUF: 36, kOF: 50, kUF: 40, openLoopTms: 500 },
    opModExpLimW: { multiplier: 0, value: 1500 },
    rampTms: 1000,
  })
  expect(setpoint).toEqual({
    opModConnect: true,
    opModEnergize: false,
    opModMaxLimW: 0.5,
    opModFixedW: -0.25,
    opModTargetW: -2000,
    opModTargetVar: 0.5,
    opModFixedVar: { fraction: -0.44, of: 'maxVar' },
    opModFixedPFInjectW: { displacement: 0.95, underExcited: true },
    opModFreqDroop: { overHz: 0.036, underHz: 0.036, overSlope: 0.05, underSlope: 0.04, openLoopSeconds: 5 },
    opModExpLimW: 1500,
    rampSeconds: 10,
  })
})

it('releases what is absent', () => {
  expect(setpointOf({})).toEqual({})
})

it('resolves a curve, its multipliers and its percentages', () => {
  const { opModVoltVar } = setpointOf({ opModVoltVar: { href: '/dc/1' } }, { curve: () => voltVar })
  expect(opModVoltVar).toEqual({
    points: [
      { x: 0.92, y: 0.44 },
      { x: 1.08, y: -0.44 },
    ],
    of: 'maxVar',
    openLoopSeconds: 5,
    vRef: 1,
  })
})

it('leaves a mode out when its curve is unknown or of another type', () => {
  expect(setpointOf({ opModVoltVar: { href: '/dc/9' } }, { curve: () => undefined })).toEqual({})
  expect(setpointOf({ opModVoltWatt: { href: '/dc/1' } }, { curve: () => voltVar })).toEqual({})
})

it('takes gradients and enter-service criteria from the default control', () => {
  const defaults = { setGradW: 27, setESDelay: 30_000, setESLowVolt: 9170, setESHighFreq: 6010, setESRampTms: 30_000 }
  expect(setpointOf({}, { defaults })).toEqual({
    gradient: 0.0027,
    enterService: { delaySeconds: 300, lowVolts: 0.917, highHertz: 60.1, rampSeconds: 300 },
  })
})

const voltVar: DERCurve = {
  mRID: '0'.repeat(32),
  creationTime: 0,
  curveType: 11,
  CurveData: [
    { xvalue: 920, yvalue: 44 },
    { xvalue: 1080, yvalue: -44 },
  ],
  xMultiplier: -1,
  yMultiplier: 0,
  yRefType: 2,
  openLoopTms: 500,
  vRef: 10_000,
}
