import { isDeepStrictEqual } from 'node:util'
import type { ScheduledDevice } from '@gridloom/contracts'
import { type Device, DeviceError, type DeviceSetpoint, type DeviceStatus } from '@gridloom/devices'
import { createBell, backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import { commandFor, isDrawBounded, type LanDevice, maxChargeOf, type Outputs, setpointOf } from './setpoint-of.ts'

export type DriveOptions = Readonly<{
  name: string
  device: Device
  /** Most that it may draw, where the configuration says so. */
  maxChargeW: number | undefined
  /** What the schedules say now. */
  outputs: () => Outputs
  clock: Clock
  random: Random
  log: Logger
  heartbeatSeconds: number
  pollSeconds: number
  /** Told of an alarm, and with null of its end. */
  alarmed: (message: string | null) => void
}>

export type Measured = NonNullable<ScheduledDevice['measured']>

/** Keeps one device at what its schedules say: nothing that was asked for is lost while it is away. */
export type Drive = Readonly<{
  name: string
  kind: Device['capability']['kind']
  ratings(): ScheduledDevice['ratings']
  /** Whether a limit on what it draws can hold now. */
  isDrawBounded(): boolean
  /** The schedules say something new. */
  ring(): void
  /** Whether the device has taken what the schedules say now. */
  reached(): boolean
  /** Resolves once it has, or after so many seconds. */
  untilReached(seconds: number): Promise<boolean>
  alarm(): string | null
  measured(): Measured | null
  run(signal: AbortSignal): Promise<void>
}>

// so often a device may fail to answer, to take a set point or to hold it before somebody is told
const triesBeforeAlarm = 3
const backoff = { firstSeconds: 1, capSeconds: 30 }

export function createDrive(options: DriveOptions): Drive {
  const { name, device, clock, random, log } = options
  const bell = createBell(clock)
  const waiting = new Set<() => void>()
  let told: DeviceSetpoint | undefined
  let toldAt = -Infinity
  let failures = 0
  let alarm: string | null = null
  let measured: Measured | null = null

  const own = (): LanDevice => {
    const { capability, settings } = device
    return { capability, settings, maxChargeW: options.maxChargeW ?? maxChargeOf({ capability, settings }) }
  }
  const wanted = (): DeviceSetpoint => setpointOf(options.outputs(), own())
  const reached = (): boolean => told !== undefined && isDeepStrictEqual(told, wanted())

  const fail = (message: string): void => {
    failures += 1
    if (failures < triesBeforeAlarm || alarm === message) return
    alarm = message
    log.warn({ device: name, reason: message }, 'device alarm raised')
    options.alarmed(message)
  }
  const recover = (): void => {
    failures = 0
    for (const wake of waiting) wake()
    if (alarm === null) return
    alarm = null
    log.info({ device: name }, 'device alarm ended')
    options.alarmed(null)
  }

  /** One round: say what is new or due, then read back. */
  const round = async (): Promise<void> => {
    const setpoint = wanted()
    // a clock that was set makes it due as well
    const isDue = Math.abs(clock.exact() - toldAt) >= options.heartbeatSeconds
    if (!isDeepStrictEqual(told, setpoint) || isDue) {
      const result = await device.apply(setpoint)
      if (result.kind === 'refused') {
        told = undefined
        return fail(`refused ${result.fields.join(', ')}: ${result.reason}`)
      }
      if (!isDeepStrictEqual(told, setpoint)) log.info({ device: name, setpoint }, 'set point taken by the device')
      told = setpoint
      toldAt = clock.exact()
    }
    const status = await device.status()
    measured = measuredOf(status)
    const fault = faultOf(status, commandFor(options.outputs(), own()), setpoint)
    if (fault === undefined) return recover()
    told = undefined
    fail(fault)
  }

  return {
    name,
    get kind() {
      return device.capability.kind
    },
    ratings: () => {
      const { maxWh } = device.capability.ratings
      return { maxW: device.settings.maxW, maxChargeW: own().maxChargeW, ...(maxWh !== undefined && { maxWh }) }
    },
    isDrawBounded: () => isDrawBounded(options.outputs(), own()),
    ring: bell.ring,
    reached,
    async untilReached(seconds) {
      if (reached()) return true
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.add(resolve)
      bell.ring()
      const ending = AbortSignal.timeout(seconds * 1000)
      ending.addEventListener('abort', () => resolve(), { once: true })
      await promise
      waiting.delete(resolve)
      return reached()
    },
    alarm: () => alarm,
    measured: () => measured,
    async run(signal) {
      while (!signal.aborted) {
        let rest = options.pollSeconds
        try {
          await round()
        } catch (error) {
          // a fault in one adapter is no reason to stop driving the other devices
          if (!(error instanceof DeviceError)) log.error({ err: error, device: name }, 'device not driven')
          // what it was told before it went away it may have forgotten
          told = undefined
          measured = null
          fail(error instanceof Error ? error.message : String(error))
          rest = Math.max(1, backoffSeconds(failures - 1, random, backoff))
        }
        try {
          await bell.rest(rest, signal)
        } catch (error) {
          if (signal.aborted) return
          throw error
        }
      }
    },
  }
}

/** Times of a storage that never comes to an end are no JSON. */
function measuredOf({ watts: w, connected, at, vars, volts, hertz, storage }: DeviceStatus): Measured {
  const seen = { w, connected, at, vars, volts, hertz }
  if (!storage) return seen
  const { soc, mode, dischargeSeconds, chargeSeconds } = storage
  const whole = (seconds: number): number => (Number.isFinite(seconds) ? seconds : 0)
  return {
    ...seen,
    storage: { soc, mode, dischargeSeconds: whole(dischargeSeconds), chargeSeconds: whole(chargeSeconds) },
  }
}

/** What is not as it was asked for: a device that takes a set point and does not hold it has a fault. */
function faultOf(
  { connected, limitW, watts }: DeviceStatus,
  command: ReturnType<typeof commandFor>,
  setpoint: DeviceSetpoint,
): string | undefined {
  // an appliance without a contactor of its own stays connected, and draws nothing
  const isFlowing = connected && Math.abs(watts) > tolerance(0)
  if (!command.connected && isFlowing) return `told to disconnect, and ${watts} W flow`
  const asksLimit = command.connected && setpoint.opModMaxLimW !== undefined && setpoint.opModTargetW === undefined
  if (!asksLimit || limitW === undefined || limitW <= command.limitW + tolerance(command.limitW)) return undefined
  return `told a limit of ${command.limitW} W, and has one of ${limitW} W`
}

// what registers and steps of a device may differ by
function tolerance(watts: number): number {
  return Math.max(50, watts / 50)
}
