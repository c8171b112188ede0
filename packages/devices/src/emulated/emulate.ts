import { isDeepStrictEqual } from 'node:util'
import {
  type ApplyResult,
  type Capability,
  type Device,
  DeviceError,
  type DeviceStatus,
  type Settings,
} from '../device.ts'
import { askedModes } from '../modes.ts'
import type { DeviceSetpoint } from '../setpoint.ts'

/** The physics behind an emulated device; `emulate` gives it time. */
export type Plant = Readonly<{
  capability: Capability
  settings: Settings
  /** What it cannot do as things stand, though it has the mode. */
  refusalOf?(setpoint: DeviceSetpoint): Refusal | undefined
  apply(setpoint: DeviceSetpoint): void
  /** Advances by `seconds`, up to `now`, and says how many watts flowed meanwhile. */
  step(now: number, seconds: number): number
  report(): Report
}>

export type Refusal = Extract<ApplyResult, { kind: 'refused' }>

/** A DeviceStatus but for what `emulate` itself keeps. */
export type Report = Omit<DeviceStatus, 'at' | 'deliveredWh' | 'receivedWh'>

export type EmulatedDevice = Device &
  Readonly<{
    /** Stops answering, while the physics go on. */
    fail(): void
    recover(): void
  }>

/**
 * Runs a plant in steps of whole seconds from its start, so the same moments give the same numbers, however often and at
 * whatever speed of the clock it is asked.
 */
export function emulate(plant: Plant, now: () => number): EmulatedDevice {
  let at = Math.floor(now()) - 1
  let deliveredWh = 0
  let receivedWh = 0
  let answers = true
  let current: DeviceSetpoint = {}

  const advance = (): void => {
    const until = Math.floor(now())
    const seconds = Math.ceil((until - at) / mostSteps)
    while (at < until) {
      const length = Math.min(seconds, until - at)
      at += length
      const wattHours = (plant.step(at, length) * length) / 3600
      if (wattHours > 0) deliveredWh += wattHours
      else receivedWh -= wattHours
    }
  }
  const reach = (): void => {
    advance()
    if (!answers) throw new DeviceError('unreachable', 'the emulated device was told not to answer')
  }

  return {
    capability: plant.capability,
    settings: plant.settings,
    async status() {
      reach()
      return { at, ...plant.report(), deliveredWh, receivedWh }
    },
    async apply(setpoint) {
      reach()
      const result = judge(setpoint, plant)
      // asked for again, a set point does not begin its ramp again
      if (result.kind === 'accepted' && !isDeepStrictEqual(setpoint, current)) {
        current = setpoint
        plant.apply(setpoint)
      }
      return result
    },
    fail() {
      answers = false
    },
    recover() {
      answers = true
    },
    async [Symbol.asyncDispose]() {
      answers = false
    },
  }
}

/** A longer absence than this many seconds is caught up with in longer steps. */
const mostSteps = 200_000

function judge(setpoint: DeviceSetpoint, { capability, refusalOf }: Plant): ApplyResult {
  const unsupported = askedModes(setpoint).filter((mode) => !capability.modes.includes(mode))
  if (unsupported.length > 0) return { kind: 'refused', fields: unsupported, reason: 'not supported' }
  const fields = (['opModFixedPFInjectW', 'opModFixedPFAbsorbW'] as const).filter((mode) => {
    const displacement = setpoint[mode]?.displacement ?? 1
    return displacement <= 0 || displacement > 1
  })
  if (fields.length > 0) return { kind: 'refused', fields, reason: 'a power factor is above 0 and at most 1' }
  return refusalOf?.(setpoint) ?? { kind: 'accepted' }
}
