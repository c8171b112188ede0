import type { Capability, Mode } from '@gridloom/devices'
import { expect, it } from 'vitest'
import { type LanDevice, setpointOf } from './setpoint-of.ts'

const none = { onOff: null, actPowW: null, maxPowW: null }
const battery = deviceOf('storage', ['opModConnect', 'opModMaxLimW', 'opModTargetW'])

it.each([
  ['nothing runs', none, {}],
  ['off beats all', { onOff: false, actPowW: 900, maxPowW: 500 }, { opModConnect: false }],
  ['the limit caps the set point', { ...none, actPowW: 900, maxPowW: 500 }, { opModMaxLimW: 0.1, opModTargetW: 500 }],
  ['charging ends at what it may draw', { ...none, actPowW: -9000 }, { opModTargetW: -4000 }],
  ['a value of 0 is a value', { ...none, maxPowW: 0 }, { opModMaxLimW: 0 }],
  ['on without a power', { ...none, onOff: true }, { opModConnect: true }],
])('says of a battery: %s', (_, outputs, setpoint) => {
  expect(setpointOf(outputs, battery)).toEqual(setpoint)
})

it.each([
  ['a share of its rating', deviceOf('storage', ['opModFixedW']), -2000, { opModFixedW: -0.5 }],
  ['a limit on what a generator gives', deviceOf('pv', ['opModMaxLimW']), 2500, { opModMaxLimW: 0.5 }],
  ['a limit on what a load draws', deviceOf('load', ['opModMaxLimW']), -2500, { opModMaxLimW: 0.5 }],
  [
    'limits both ways',
    deviceOf('storage', ['opModGenLimW', 'opModLoadLimW']),
    -700,
    { opModGenLimW: 0, opModLoadLimW: 700 },
  ],
])('asks a device that cannot hold watts for %s', (_, device, actPowW, setpoint) => {
  expect(setpointOf({ ...none, actPowW }, device)).toEqual(setpoint)
})

function deviceOf(kind: Capability['kind'], modes: readonly Mode[]): LanDevice {
  const ratings = { maxW: 5000, maxChargeRateW: 4000 }
  const settings = { ...ratings, modesEnabled: modes, gradient: 0, updatedAt: 0 }
  return { capability: { kind, modes, ratings }, settings, maxChargeW: 4000 }
}
