import { openDevice, type DeviceSetpoint } from '@gridloom/devices'
import type { Client, Outgoing, Reply } from '@gridloom/kit'
import type { Rogue } from '../attack.ts'
import { clientLike, deviceLike } from './arrange.ts'

export const silentOptOut: Rogue = {
  kind: 'rogue',
  name: 'silent-opt-out',
  summary: 'does not heed its controls, and answers none of them',
  rules: ['PR-1', 'PH-5', 'PH-6'],
  subject: 'the device',
  arrange: ({ isOn, say }) => ({
    openDevice: (config, deps) => {
      const device = openDevice(config, deps)
      return deviceLike(device, {
        async apply(setpoint) {
          if (!isOn()) return device.apply(setpoint)
          say(`the device was told ${JSON.stringify(setpoint)} and takes no notice`)
          return device.apply(free)
        },
      })
    },
    through: (client) => mute(client, isOn),
  }),
}

const free: DeviceSetpoint = {}

/** Its DCM believes that it has answered. */
function mute(client: Client, isOn: () => boolean): Client {
  return clientLike(client, async (outgoing, signal) =>
    isOn() && isResponse(outgoing) ? taken(outgoing) : client.request(outgoing, signal),
  )
}

function isResponse({ method, path }: Outgoing): boolean {
  return method === 'POST' && path.includes('/rsps/')
}

function taken({ path }: Outgoing): Reply {
  return { status: 201, headers: {}, location: `${path}/0`, body: Buffer.alloc(0) }
}
