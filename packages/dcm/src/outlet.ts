import type { DeviceReport, DeviceSurroundings } from '@gridloom/contracts'
import { DeviceError, seededWeather, type Device, type DeviceConfig, type Environment } from '@gridloom/devices'
import { ClientError, type Client } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'

/** Where a device is plugged into the modelled grid: what surrounds it there, and which of its links an event has cut. */
export type Outlet = Readonly<{
  environment: Environment
  /** The device as its DCM reaches it; what it does is noted for the grid, also while nobody reaches it. */
  plug(device: Device): Device
  /** The DCM's way to its server. */
  route(client: Client): Client
  report(): DeviceReport
  take(surroundings: DeviceSurroundings): void
}>

export type OutletOptions = Readonly<{
  lfdi: Lfdi
  name: string
  device: DeviceConfig
  now: () => number
  /** How long the last word of an environment holds that is silent. */
  staySeconds: number
}>

export function createOutlet({ lfdi, name, device: config, now, staySeconds }: OutletOptions): Outlet {
  const nominal = nominalSurroundings(config)
  let around: DeviceSurroundings | undefined
  let heardAt = -Infinity
  let power = { watts: 0, vars: 0 }
  const latest = (at: number): DeviceSurroundings | undefined => (at - heardAt <= staySeconds ? around : undefined)
  const isCut = (link: 'server' | 'device'): boolean => latest(now())?.cut?.includes(link) ?? false

  return {
    environment: (at) => latest(at) ?? nominal(at),
    plug: (device) => ({
      get capability() {
        return device.capability
      },
      get settings() {
        return device.settings
      },
      async status() {
        const status = await device.status()
        power = { watts: status.watts, vars: status.vars }
        if (isCut('device')) throw cutDevice()
        return status
      },
      async apply(setpoint) {
        if (isCut('device')) throw cutDevice()
        return device.apply(setpoint)
      },
      [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
    }),
    route: (client) => {
      const through = <Rest extends readonly unknown[], Answer>(send: (...rest: Rest) => Promise<Answer>) => {
        return async (...rest: Rest): Promise<Answer> => {
          if (isCut('server'))
            throw new ClientError('timeout', 'an event of the environment cuts the link to the server')
          return send(...rest)
        }
      }
      const { request, get, put, post, delete: remove } = client
      const routed = { request: through(request), get: through(get), put: through(put), post: through(post) }
      return { ...client, ...routed, delete: through(remove) }
    },
    report: () => ({ lfdi, name, nominalVolts: nominal(now()).volts, ...power }),
    take(surroundings) {
      around = surroundings
      heardAt = now()
    },
  }
}

/** What the device would have without an environment; a real one lives under its own sky. */
function nominalSurroundings(device: DeviceConfig): Environment {
  const volts = 'vNom' in device ? device.vNom : 240
  const { seed, utcOffsetSeconds } = 'seed' in device ? device : { seed: 1, utcOffsetSeconds: 0 }
  return seededWeather({
    seed,
    volts,
    utcOffsetSeconds,
    ...('cloudiness' in device && { cloudiness: device.cloudiness }),
  })
}

function cutDevice(): DeviceError {
  return new DeviceError('unreachable', 'an event of the environment cuts the link to the device')
}
