import type { Device, DeviceSetpoint } from '@gridloom/devices'
import type { Logger } from '@gridloom/kit'
import { breachesOf, envelopeOf, tightened } from './domain/envelope.ts'
import type { FixedDefaultConfig } from './domain/fixed-default.ts'
import type { Posture } from './domain/posture.ts'

export type GuardOptions = Readonly<{
  device: Device
  log: Logger
  limits: FixedDefaultConfig
  server: () => Posture['server']
}>

/**
 * The device behind local policy: what its server has it told is checked while the server is suspect, and refused outside the
 * operating envelope while it is distrusted. A refused field counts as one that the device refuses itself: its event is
 * answered by 252, is tried again each minute, and holds as soon as the server is trusted again.
 */
export function guardDevice({ device, log, limits, server }: GuardOptions): Pick<Device, 'apply'> {
  let present: DeviceSetpoint = {}
  return {
    async apply(setpoint) {
      const how = server()
      const envelope = envelopeOf(device.settings, limits)
      const breaches = how === 'follow' ? [] : breachesOf(setpoint, envelope, present)
      if (breaches.length > 0) log.warn({ breaches, setpoint, posture: how }, 'control outside the local limits')
      const isGuarded = how === 'guard' || how === 'local'
      if (isGuarded && breaches.length > 0) {
        const fields = breaches.map(({ field }) => field)
        return { kind: 'refused', fields, reason: breaches.map(({ reason }) => reason).join(', ') }
      }
      const result = await device.apply(isGuarded ? tightened(setpoint, envelope) : setpoint)
      if (result.kind === 'accepted') present = setpoint
      return result
    },
  }
}
