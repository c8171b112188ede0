import { type Device, type DeviceConfig, isEmulated, openDevice } from '@gridloom/devices'
import type { Quantity } from '@gridloom/contracts'
import { type Clock, createRandom, type Logger } from '@gridloom/kit'
import type { Config } from '../config.ts'
import { SchedulingError } from '../domain/scheduling-error.ts'
import type { Scheduling } from '../operations/scheduling.ts'
import type { Link } from '../wan/mqtt/link.ts'
import { createDrive, type Drive } from './drive.ts'
import { outputsOf } from './setpoint-of.ts'
import type { Surroundings } from './surroundings.ts'
import { createTopicDevice } from './topic-device.ts'

export type DrivesOptions = Readonly<{
  surroundings: Surroundings
  config: Config
  clock: Clock
  log: Logger
  link: Link | undefined
  scheduling: Scheduling
}>

/** The devices below the service, each driven by its own loop: one that is away holds up nobody. */
export type Drives = AsyncDisposable &
  Readonly<{
    of(device: string): Drive
    /** Kind of the adapter. */
    kindOf(device: string): string
    run(signal: AbortSignal): Promise<void>
  }>

export function openDrives(options: DrivesOptions): Drives {
  const stack = new AsyncDisposableStack()
  const drives = new Map(
    options.config.devices.map((one) => [one.name, openDrive(one, stack.use(openLan(one, options)), options)]),
  )
  const kinds = new Map(options.config.devices.map(({ name, device }) => [name, device.kind]))
  return {
    of(device) {
      const drive = drives.get(device)
      if (!drive) throw new SchedulingError('missing', `no device "${device}"`)
      return drive
    },
    kindOf: (device) => kinds.get(device) ?? '',
    async run(signal) {
      await Promise.all([...drives.values()].map((drive) => drive.run(signal)))
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

type Described = Config['devices'][number]

function openLan(described: Described, { config, clock, link, scheduling, surroundings }: DrivesOptions): Device {
  const { name, device } = described
  if (device.kind !== 'topic' && isEmulated(device)) {
    const outlet = surroundings.outlet(described)
    const opened = openDevice(device, { now: clock.now, ...(outlet && { environment: outlet.environment }) })
    return outlet?.plug(opened) ?? opened
  }
  if (device.kind === 'sunspec')
    return openDevice(fallingBack(device, name, { config, scheduling }), { now: clock.now })
  if (device.kind !== 'topic') return openDevice(device, { now: clock.now })
  if (!config.mqtt || !link) throw new SchedulingError('bad-configuration', `device "${name}" needs the broker of mqtt`)
  const { kind: _, ...ratings } = device
  const outputs = () => scheduling.outputs(name)
  return createTopicDevice({ name, site: config.mqtt.site, link, outputs, now: clock.now, ...ratings })
}

type Sunspec = Extract<DeviceConfig, { kind: 'sunspec' }>

/** After two heartbeats of silence a device falls back by itself, to what its reserve schedules allow at every hour. */
function fallingBack(
  device: Sunspec,
  name: string,
  { config, scheduling }: Pick<DrivesOptions, 'config' | 'scheduling'>,
): Sunspec {
  const reserveOf = (quantity: Quantity): readonly number[] => {
    if (!scheduling.board().device(name).controllers.has(quantity)) return []
    const reserve = scheduling.views(name, quantity).find(({ origin }) => origin === 'reserve')
    return reserve?.values.filter((value) => typeof value === 'number') ?? []
  }
  const [safeLimitW] = reserveOf('MaxPow').toSorted((a, b) => a - b)
  const [safeSetW] = reserveOf('ActPow').toSorted((a, b) => Math.abs(a) - Math.abs(b))
  const revertSeconds = Math.min(65_534, Math.max(10, Math.round(2 * config.heartbeatSeconds)))
  return {
    ...device,
    revertSeconds,
    ...(safeLimitW !== undefined && { safeLimitW: Math.max(0, safeLimitW) }),
    ...(safeSetW !== undefined && { safeSetW }),
  }
}

function openDrive(
  { name, maxChargeW }: Described,
  device: Device,
  { config, clock, log, scheduling }: DrivesOptions,
): Drive {
  const { heartbeatSeconds, pollSeconds, seed } = config
  return createDrive({
    name,
    device,
    maxChargeW,
    outputs: () => outputsOf(scheduling.outputs(name), scheduling.limits(name)),
    clock,
    random: createRandom(`${seed}/${name}`),
    log,
    heartbeatSeconds,
    pollSeconds,
    alarmed: (message) => scheduling.alarm(name, message),
  })
}
