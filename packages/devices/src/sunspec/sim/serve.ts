import { isDeepStrictEqual } from 'node:util'
import { createEmulatedBattery } from '../../emulated/battery.ts'
import type { EmulatedDevice } from '../../emulated/emulate.ts'
import { type Environment, seededWeather } from '../../emulated/environment.ts'
import { createEmulatedPv } from '../../emulated/pv.ts'
import type { DeviceSetpoint } from '../../setpoint.ts'
import { common } from '../models/common.ts'
import { adopt } from './adopt.ts'
import { derContents } from './der-contents.ts'
import { derSetpoint } from './der-setpoint.ts'
import { createImage, type Image } from './image.ts'
import { legacyContents } from './legacy-contents.ts'
import { legacySetpoint } from './legacy-setpoint.ts'
import { offence } from './legal.ts'
import { measure } from './measure.ts'
import { ModbusFault, serveModbus } from './modbus-server.ts'
import { createReversion } from './reversion.ts'

export type SunspecSimulatorOptions = Readonly<{
  host?: string
  /** 0 takes a free one. */
  port?: number
  unit?: number
  kind?: 'pv' | 'battery'
  models?: '1xx' | '7xx'
  /** Where the marker is: 40000, 0 or 50000. */
  base?: number
  maxW?: number
  seed?: number
  environment?: Environment
  /** Seconds since 1970. */
  now: () => number
  onSetpoint?: (setpoint: DeviceSetpoint) => void
}>

/** What a test or an operator can do to the simulator. */
export type SunspecFault = Readonly<
  | { kind: 'none' | 'silent' }
  /** Accepts writes and keeps nothing of them. */
  | { kind: 'forgetful' }
  /** Answers every write with an exception. */
  | { kind: 'exception'; fault: 'illegalAddress' | 'illegalValue' | 'deviceFailure' }
>

export type SunspecSimulator = AsyncDisposable &
  Readonly<{
    port: number
    device: EmulatedDevice
    /** What the registers ask of the device at this moment. */
    setpoint(): Promise<DeviceSetpoint>
    misbehave(fault: SunspecFault): void
    /** Breaks every connection. */
    disconnect(): void
  }>

/** A simulated PV or battery inverter behind SunSpec Modbus TCP: the emulated device of the same kind, in registers. */
export async function serveSunspec({ now, ...options }: SunspecSimulatorOptions): Promise<SunspecSimulator> {
  const { host = '::', port = 0, unit = 1, kind = 'pv', models = '7xx', base = 40_000 } = options
  // the device's time stands at the moment that is worked on, so that timers run out in their order
  let at = now()
  const device = emulated(kind, { ...options, now: () => at })
  const image = imageOf(device, { kind, models, base, seed: options.seed ?? 1 })
  const reversion = createReversion(image)
  let setpoint: DeviceSetpoint = {}
  let fault: SunspecFault = { kind: 'none' }
  let queue: Promise<unknown> = Promise.resolve()
  await follow()
  measure(image, await device.status(), device.settings)

  const server = await serveModbus({
    host,
    port,
    unit,
    answers: () => fault.kind !== 'silent',
    bank: {
      read: (address, count) =>
        inTurn(async () => {
          measure(image, await device.status(), device.settings)
          return image.read(address, count)
        }),
      write: (address, words) => inTurn(() => write(address, words)),
    },
  })

  return {
    port: server.port,
    device,
    setpoint: () => inTurn(async () => setpoint),
    misbehave(next) {
      fault = next
    },
    disconnect: server.disconnect,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await device[Symbol.asyncDispose]()
    },
  }

  /** One request after another, each with the device brought up to its moment. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(catchUp, catchUp).then(work)
    queue = turn
    return turn
  }

  async function catchUp(): Promise<void> {
    const until = now()
    for (let next = reversion.nextAt(); next <= until; next = reversion.nextAt()) {
      at = next
      await device.status()
      reversion.pass(at)
      await follow()
    }
    at = until
    reversion.pass(at)
  }

  async function write(address: number, words: readonly number[]): Promise<void> {
    if (fault.kind === 'exception') throw new ModbusFault(fault.fault, 'told to refuse')
    if (fault.kind === 'forgetful') return
    const before = image.read(address, words.length)
    image.write(address, words)
    const written = words.keys().map((index) => image.pointAt(address + index))
    for (const point of written) {
      if (!point) continue
      const reason = point.name in point.block.layout.points ? offence(point.block, point.name) : undefined
      if (reason) {
        image.write(address, before)
        throw new ModbusFault('illegalValue', reason)
      }
      reversion.wrote(point.block, point.name, at)
      if (point.name === 'AdptCrvReq') adopt(point.block)
    }
    await follow()
  }

  async function follow(): Promise<void> {
    const asked =
      models === '7xx'
        ? derSetpoint(image, device.settings, device.capability.modes)
        : legacySetpoint(image, device.settings)
    const result = await device.apply(asked)
    if (result.kind === 'refused' || isDeepStrictEqual(asked, setpoint)) return
    setpoint = asked
    options.onSetpoint?.(asked)
  }
}

type Build = Omit<SunspecSimulatorOptions, 'host' | 'port'>

function emulated(kind: 'pv' | 'battery', { now, seed = 1, maxW = 5000, environment }: Build): EmulatedDevice {
  const around = environment ?? seededWeather({ seed })
  const options = { now, seed, maxW, environment: around }
  return kind === 'pv' ? createEmulatedPv(options) : createEmulatedBattery(options)
}

type Looks = Readonly<{ kind: 'pv' | 'battery'; models: '1xx' | '7xx'; base: number; seed: number }>

function imageOf({ settings }: EmulatedDevice, { kind, models, base, seed }: Looks): Image {
  const isBattery = kind === 'battery'
  const contents = models === '7xx' ? derContents(settings, isBattery) : legacyContents(settings, isBattery)
  const maker = { Mn: 'Gridloom', Md: `simulated ${kind}`, Vr: '1', SN: String(seed), DA: 1 }
  return createImage([{ model: common, values: maker }, ...contents], base)
}
