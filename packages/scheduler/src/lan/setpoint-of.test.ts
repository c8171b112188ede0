import type { Capability, Mode } from '@gridloom/devices'
import { expect, it } from 'vitest'
import { isDrawBounded, type LanDevice, setpointOf } from './setpoint-of.ts'

const none = { onOff: null, actPowW: null, maxPowW: null, maxDrawW: null }
const battery = deviceOf('storage', ['opModConnect', 'opModMaxLimW', 'opModTargetW'])

it.each([
  ['nothing runs', none, {}],
  ['off beats all', { ...none, onOff: false, actPowW: 900, maxPowW: 500 }, { opModConnect: false }],
  ['the limit caps the set point', { ...none, actPowW: 900, maxPowW: 500 }, { opModMaxLimW: 0.1, opModTargetW: 500 }],
  ['charging ends at what it may draw', { ...none, actPowW: -9000 }, { opModTargetW: -4000 }],
  ['a value of 0 is a value', { ...none, maxPowW: 0 }, { opModMaxLimW: 0 }],
  [
    'charging ends at what its utility lets it draw',
    { ...none, actPowW: -3000, maxDrawW: 1500 },
    { opModTargetW: -1500 },
  ],
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

it.each([
  ['its own limit', deviceOf('storage', ['opModTargetW', 'opModImpLimW']), { opModImpLimW: 1500 }, true],
  ['its cap', deviceOf('load', ['opModMaxLimW']), { opModMaxLimW: 0.3 }, true],
  ['nothing, for it has none', deviceOf('storage', ['opModTargetW', 'opModMaxLimW']), {}, false],
])('bounds what a device draws by %s', (_, device, setpoint, isBounded) => {
  const outputs = { ...none, maxDrawW: 1500 }
  expect([setpointOf(outputs, device), isDrawBounded(outputs, device)]).toEqual([setpoint, isBounded])
})

it('keeps the narrower of a cap and a limit on what a load draws', () => {
  const load = deviceOf('load', ['opModMaxLimW'])
  expect(setpointOf({ ...none, maxPowW: 500, maxDrawW: 1500 }, load)).toEqual({ opModMaxLimW: 0.1 })
  expect(setpointOf({ ...none, maxPowW: 2500, maxDrawW: 1500 }, load)).toEqual({ opModMaxLimW: 0.3 })
})

function deviceOf(kind: Capability['kind'], modes: readonly Mode[]): LanDevice {
  const ratings = { maxW: 5000, maxChargeRateW: 4000 }
  const settings = { ...ratings, modesEnabled: modes, gradient: 0, updatedAt: 0 }
  return { capability: { kind, modes, ratings }, settings, maxChargeW: 4000 }
}
