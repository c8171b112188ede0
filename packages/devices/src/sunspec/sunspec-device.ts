import {
  type ApplyResult,
  type Capability,
  type Device,
  DeviceError,
  type DeviceKind,
  type DeviceStatus,
  type Settings,
} from '../device.ts'
import { askedModes, type Mode } from '../modes.ts'
import type { DeviceSetpoint, Grant } from '../setpoint.ts'
import { canRevert, capabilityOf, settingsOf } from './capability-of.ts'
import { capOf } from './control/asked-power.ts'
import { carryOut } from './control/carry-out.ts'
import type { Context, Order } from './control/order.ts'
import { isWritten, ordersOf } from './control/orders-of.ts'
import { discover, type Located } from './discover.ts'
import { createModbus, ModbusException } from './modbus.ts'
import { mappedModes } from './modes-of.ts'
import { readRegisters, type Registers } from './registers.ts'
import { statusModels, statusOf } from './status-of.ts'

export type SunspecOptions = Readonly<{
  host: string
  port?: number
  /** Modbus unit identifier. */
  unit?: number
  now: () => number
  /** What the device is taken for until it has said so itself. */
  expected?: DeviceKind
  /** Seconds of silence after which the device lets go of limits and set points. */
  revertSeconds?: number
  /** What generation is held at then, by a device that knows such a value; and at the end, of one that cannot let go. */
  safeLimitW?: number
  /** What power is held then, where one was held before, by a device that knows such a value. */
  safeSetW?: number | undefined
  timeoutSeconds?: number
}>

/** What is known of a device that answered. */
type Known = Readonly<{
  models: readonly Located[]
  /** The registers as they were when the device was first met. */
  original: Registers
  capability: Capability
  settings: Settings
  reverts: boolean
  generation: number
}>

// what a device lets go of by itself, and what it keeps
const revertingModels = [123, 124, 703, 704]
const controlModels = [...revertingModels, 705, 706, 707, 708, 709, 710, 711, 712]
const allModels = [...statusModels, ...controlModels, 1, 120, 121, 702, 714]

/** An inverter or a battery behind SunSpec Modbus TCP; nothing is sent before it is asked for something. */
export function createSunspecDevice(options: SunspecOptions): Device {
  const { host, port = 502, unit = 1, timeoutSeconds = 3, revertSeconds = 120, safeLimitW, safeSetW, now } = options
  const modbus = createModbus({ host, port, unit, timeoutSeconds })
  const presumed = presumedOf(options.expected ?? 'pv', Math.floor(now()))
  let known: Known | undefined
  let setpoint: DeviceSetpoint = {}
  let flow = { id: '', wattHours: 0, at: 0, askedW: 0 }
  let refreshAt = Infinity
  let queue: Promise<unknown> = Promise.resolve()
  const adopted = new Map<string, string>()

  return {
    get capability() {
      return (known ?? presumed).capability
    },
    get settings() {
      return (known ?? presumed).settings
    },
    status: () => inTurn(status),
    apply: (next) => inTurn(() => apply(next)),
    async [Symbol.asyncDispose]() {
      await inTurn(leave).catch(() => undefined)
      await modbus[Symbol.asyncDispose]()
    },
  }

  // a reading does not come between the writes of a set point
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work)
    queue = turn
    try {
      return await turn
    } catch (error) {
      if (error instanceof ModbusException) throw new DeviceError('faulty', error.message, { cause: error })
      throw error
    }
  }

  async function status(): Promise<DeviceStatus> {
    const { models, settings } = await contact()
    const at = now()
    const told = statusOf(await readRegisters(modbus, models, statusModels), settings)
    await keepUp(told.watts, at)
    const cap = capOf(setpoint, settings)
    return { at, ...told, ...(cap && { limitW: cap.watts }) }
  }

  async function apply(next: DeviceSetpoint): Promise<ApplyResult> {
    const { capability } = await contact()
    const unsupported = askedModes(next).filter((mode) => !capability.modes.includes(mode))
    if (unsupported.length > 0) return refused(unsupported, 'not supported')
    if (next.grant && next.grant.id !== flow.id) flow = { id: next.grant.id, wattHours: 0, at: now(), askedW: 0 }
    const result = await bring(next)
    if (result.kind === 'accepted') setpoint = next
    else await bring(setpoint)
    return result
  }

  /** Meets the device once for each connection: it may have been set up anew, or be another one. */
  async function contact(): Promise<Known> {
    if (known?.generation === modbus.generation()) return known
    const models = await discover(modbus)
    const registers = await readRegisters(modbus, models, allModels)
    const capability = capabilityOf(registers)
    const settings = settingsOf(registers, capability, Math.floor(now()))
    // it may have forgotten what it was told
    if (known) refreshAt = 0
    adopted.clear()
    // later it may still have our curves
    const original = known?.original ?? registers
    const generation = modbus.generation()
    known = { models, original, capability, settings, reverts: canRevert(registers), generation }
    return known
  }

  /** Writes what the set point asks for now, where the device does not have it already or would let go of it. */
  async function bring(next: DeviceSetpoint, ids = controlModels): Promise<ApplyResult> {
    const { models, original, settings, reverts } = await contact()
    refreshAt = now() + revertSeconds / 2 - 1
    flow = { ...flow, askedW: next.grant ? grantedOf(next.grant, flow.wattHours) : 0 }
    const context: Context = {
      registers: await readRegisters(modbus, models, ids),
      settings,
      revertSeconds: reverts ? revertSeconds : undefined,
      safeLimitW,
      safeSetW,
      grantedW: next.grant && flow.askedW,
    }
    const orders = ordersOf(next, context, original)
    const impossible = orders.find((order) => order.impossible !== undefined)
    if (impossible) return refused(impossible.modes, impossible.impossible ?? '')
    for (const order of orders.filter((one) => one.isTimed || !isDone(one, context.registers))) {
      adopted.delete(order.key)
      const result = await carryOut(modbus, order)
      if (result.kind === 'refused' && !order.mayFail) return refused(order.modes, result.reason)
      adopted.set(order.key, JSON.stringify(order.steps))
    }
    return { kind: 'accepted' }
  }

  function isDone({ key, steps }: Order, registers: Registers): boolean {
    if (steps.some(({ kind }) => kind === 'adopt')) return adopted.get(key) === JSON.stringify(steps)
    return steps.every((step) => step.kind === 'write' && isWritten(step.write, registers))
  }

  /** Repeats in time what the device would let go of, and counts what flows under a grant. */
  async function keepUp(watts: number, at: number): Promise<void> {
    const { grant } = setpoint
    if (grant) {
      const wattHours = (-Math.sign(grant.wattHours) * watts * (at - flow.at)) / 3600
      flow = { ...flow, at, wattHours: flow.wattHours + wattHours }
    }
    const isSpent = grant !== undefined && grantedOf(grant, flow.wattHours) !== flow.askedW
    const isAsked = Object.keys(setpoint).length > 0
    // a clock that was set back is no reason to let the device revert
    const isEarly = at < refreshAt && refreshAt - at < revertSeconds
    if (!isAsked || (isEarly && !isSpent)) return
    const result = await bring(setpoint, refreshAt === 0 ? controlModels : revertingModels)
    if (result.kind === 'refused') throw new DeviceError('faulty', `no longer taken: "${result.reason}"`)
  }

  /** A device that does not let go by itself is left at its safe limit. */
  async function leave(): Promise<void> {
    const isAsked = Object.keys(setpoint).length > 0
    if (!known || known.reverts || !isAsked || safeLimitW === undefined) return
    await bring({ opModMaxLimW: safeLimitW / known.settings.maxW })
  }
}

/** What is presumed of a device that was not heard yet: a server's control is tried, not refused beforehand. */
function presumedOf(kind: DeviceKind, updatedAt: number): Pick<Known, 'capability' | 'settings'> {
  const ratings = { maxW: 0 }
  return {
    capability: { kind, modes: mappedModes, ratings },
    settings: { ...ratings, modesEnabled: mappedModes, gradient: 0, updatedAt },
  }
}

/** The power that is left of a grant: energy above zero charges. */
function grantedOf({ watts, wattHours }: Grant, flowedWh: number): number {
  return flowedWh >= Math.abs(wattHours) ? 0 : -Math.sign(wattHours) * watts
}

// nobody asked for it by name, so it cannot be left out: a device that does not even let go has a fault
function refused(fields: readonly Mode[], reason: string): ApplyResult {
  if (fields.length === 0) throw new DeviceError('faulty', reason)
  return { kind: 'refused', fields, reason }
}
