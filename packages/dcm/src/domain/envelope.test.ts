import type { DeviceSetpoint, Settings } from '@gridloom/devices'
import { expect, it } from 'vitest'
import { breachesOf, envelopeOf, tightened } from './envelope.ts'

it.for<[DeviceSetpoint, readonly string[]]>([
  [{ opModTargetW: 5000 }, []],
  [{ opModTargetW: 5001 }, ['opModTargetW']],
  [{ opModTargetW: -3001 }, ['opModTargetW']],
  [{ opModStorageTargetW: -6000 }, ['opModStorageTargetW']],
  [{ opModMaxLimW: 0.5, opModFixedW: -1 }, []],
  [{ opModMaxLimW: 1.01, opModFixedW: -1.5 }, ['opModFixedW', 'opModMaxLimW']],
  [{ opModExpLimW: 9000, opModImpLimW: 0 }, []],
  [{ opModConnect: true, opModEnergize: true }, []],
  [{ opModConnect: false }, ['opModConnect']],
  [{ opModEnergize: false }, ['opModEnergize']],
  [{ opModHVRTMustTrip: { points: [], of: 'none' } }, ['opModHVRTMustTrip']],
  [{ opModVoltVar: { points: [], of: 'maxVar' } }, []],
  [{ opModTargetVar: -2300 }, ['opModTargetVar']],
])('of %o refuses %o', ([setpoint, fields]) => {
  expect(breachesOf(setpoint, envelope, {}).map(({ field }) => field)).toEqual(fields)
})

it('lets a contactor stay as it is', () => {
  expect(breachesOf({ opModConnect: false }, envelope, { opModConnect: false })).toEqual([])
  expect(breachesOf({ opModConnect: true }, envelope, { opModConnect: false })).toHaveLength(1)
})

it('loosens no limit beyond the envelope', () => {
  expect(tightened({ opModExpLimW: 9000, opModImpLimW: 100 }, envelope)).toEqual({
    opModExpLimW: 5000,
    opModImpLimW: 100,
  })
})

it('narrows the nameplate by what the owner configured', () => {
  expect(envelopeOf(settings, { exportLimitW: 1500, loadLimitW: 900 })).toEqual({
    deliverW: 1500,
    receiveW: 900,
    maxVar: 2200,
  })
})

const settings = { maxW: 5000, maxChargeRateW: 3000, maxVar: 2200 } as Settings
const envelope = envelopeOf(settings, {})
