import { expect, it } from 'vitest'
import type { DeviceSetpoint } from '../../setpoint.ts'
import { commandOf } from './command-of.ts'

it.each([
  [{}, { kind: 'normal' }],
  [{ opModConnect: false, opModLoadLimW: 0 }, { kind: 'gridEmergency' }],
  [{ opModEnergize: false }, { kind: 'gridEmergency' }],
  [{ opModLoadLimW: 4500 }, { kind: 'normal' }],
  [{ opModLoadLimW: 0 }, { kind: 'criticalPeak' }],
  [
    { opModImpLimW: 1500, opModMaxLimW: 0.5 },
    { kind: 'powerLevel', fraction: 1 / 3 },
  ],
  [{ opModFixedW: 0 }, { kind: 'shed' }],
  [{ opModFixedW: -1 }, { kind: 'loadUp' }],
  [
    { opModTargetW: -2000, opModLoadLimW: 1500 },
    { kind: 'powerLevel', fraction: 1 / 3 },
  ],
  [{ grant: { id: '1', watts: 4500, wattHours: 1000 } }, { kind: 'loadUp' }],
  [{ grant: { id: '1', watts: 0, wattHours: 0 } }, { kind: 'normal' }],
] satisfies [DeviceSetpoint, object][])('means by %j %j', (setpoint, command) => {
  expect(commandOf(setpoint, 4500)).toEqual({ kind: 'command', command })
})

it('refuses to generate, by the name of the mode', () => {
  expect(commandOf({ opModTargetW: 100 }, 4500)).toMatchObject({ kind: 'refused', fields: ['opModTargetW'] })
})
