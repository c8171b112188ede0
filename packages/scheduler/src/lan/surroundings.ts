import { createHash } from 'node:crypto'
import { type DeviceReport, type DeviceSurroundings, type FleetReport, FleetSurroundings } from '@gridloom/contracts'
import { type Device, DeviceError, type Environment, seededWeather } from '@gridloom/devices'
import { type Client, type Clock, createClient, loadCredentials, type Logger } from '@gridloom/kit'
import type { Config } from '../config.ts'

/** Where the emulated devices stand: what surrounds each there, and what it does to the grid. */
export type Surroundings = AsyncDisposable &
  Readonly<{
    /** Undefined where no environment is configured. */
    outlet(device: Config['devices'][number]): Outlet | undefined
    run(signal: AbortSignal): Promise<void>
  }>

export type Outlet = Readonly<{
  environment: Environment
  /** The device as it is reached here; what it does is noted for the grid. */
  plug(device: Device): Device
  report(): DeviceReport
  take(surroundings: DeviceSurroundings): void
}>

export type SurroundingsOptions = Readonly<{ config: Config; clock: Clock; log: Logger }>

// an environment that is away is asked less often
const lostSeconds = 3
const tickSeconds = 1

export function openSurroundings({ config, clock, log }: SurroundingsOptions): Surroundings {
  const { environment, certs, tls } = config
  if (!environment) return { outlet: () => undefined, run: async () => {}, [Symbol.asyncDispose]: async () => {} }
  const { url: origin, name: serverName, nominalAfterSeconds } = environment
  const name = serverName === undefined ? {} : { serverName }
  const client = createClient({ origin, certs, tls, ...name, mediaType: 'application/json', totalSeconds: 10 })
  const own = loadCredentials(certs).lfdi
  const outlets: Outlet[] = []
  return {
    outlet(device) {
      const outlet = createOutlet(device, {
        lfdi: device.lfdi?.toUpperCase() ?? lfdiOf(own, device.name),
        clock,
        nominalAfterSeconds,
      })
      outlets.push(outlet)
      return outlet
    },
    async run(signal) {
      let isLost = false
      while (!signal.aborted) {
        try {
          await exchange(client, outlets, signal)
          if (isLost) log.info('environment back')
          isLost = false
        } catch (err) {
          if (!isLost && !signal.aborted) log.warn({ err }, 'environment lost')
          isLost = true
        }
        try {
          await clock.sleep(isLost ? lostSeconds : tickSeconds, signal)
        } catch (error) {
          if (!signal.aborted) throw error
        }
      }
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

/** A device that no DCM has gives itself a name among those that have one. */
function lfdiOf(own: string, name: string): string {
  return createHash('sha256').update(`${own}/${name}`).digest('hex').slice(0, 40).toUpperCase()
}

type Standing = Readonly<{ lfdi: string; clock: Clock; nominalAfterSeconds: number }>

function createOutlet(
  { name, device: config }: Config['devices'][number],
  { lfdi, clock, nominalAfterSeconds }: Standing,
): Outlet {
  const volts = 'vNom' in config ? config.vNom : 240
  const seed = 'seed' in config ? config.seed : 1
  const nominal = seededWeather({ seed, volts })
  let around: DeviceSurroundings | undefined
  let heardAt = -Infinity
  let power = { watts: 0, vars: 0 }
  const latest = (at: number) => (at - heardAt <= nominalAfterSeconds ? around : undefined)
  const requireLine = (): void => {
    const isCut = latest(clock.now())?.cut?.includes('device') ?? false
    if (isCut) throw new DeviceError('unreachable', 'an event of the environment cuts the link to the device')
  }
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
        requireLine()
        return status
      },
      async apply(setpoint) {
        requireLine()
        return device.apply(setpoint)
      },
      [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
    }),
    report: () => ({ lfdi, name, nominalVolts: volts, ...power }),
    take(surroundings) {
      around = surroundings
      heardAt = clock.now()
    },
  }
}

/** One batch for all devices of the service. */
async function exchange(client: Client, outlets: readonly Outlet[], signal: AbortSignal): Promise<void> {
  const batch: FleetReport = { devices: outlets.map((outlet) => outlet.report()) }
  const { status, body } = await client.post('/exchange', JSON.stringify(batch), signal)
  if (status !== 200) throw new Error(`the environment answered ${status}: ${body.toString().slice(0, 200)}`)
  const { devices } = FleetSurroundings.parse(JSON.parse(body.toString()))
  const byLfdi = new Map(devices.map((one) => [one.lfdi, one]))
  for (const [index, outlet] of outlets.entries()) {
    const surroundings = byLfdi.get(batch.devices[index]?.lfdi ?? '')
    if (surroundings) outlet.take(surroundings)
  }
}
