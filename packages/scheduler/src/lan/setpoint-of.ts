import type { ScheduleOutput } from '@gridloom/contracts'
import type { Capability, DeviceSetpoint, Mode, Settings } from '@gridloom/devices'
import { commandOf, type DeviceCommand } from '../domain/device-resolution.ts'

export type LanDevice = Readonly<{ capability: Capability; settings: Settings; maxChargeW: number }>

/** The three outputs of a device, null where nothing runs. */
export type Outputs = Readonly<{ onOff: boolean | null; actPowW: number | null; maxPowW: number | null }>

export function outputsOf(outputs: readonly ScheduleOutput[]): Outputs {
  const value = (quantity: ScheduleOutput['quantity']) =>
    outputs.find((output) => output.quantity === quantity)?.value ?? null
  const [onOff, actPow, maxPow] = [value('OnOff'), value('ActPow'), value('MaxPow')]
  return {
    onOff: typeof onOff === 'boolean' ? onOff : null,
    actPowW: typeof actPow === 'number' ? actPow : null,
    maxPowW: typeof maxPow === 'number' ? maxPow : null,
  }
}

/** What the outputs come to for a device (scheduling.md §4). */
export function commandFor(outputs: Outputs, { settings, maxChargeW }: LanDevice): DeviceCommand {
  return commandOf({ ...outputs, WMax: settings.maxW, maxChargeW })
}

/**
 * The set point that brings a device to its outputs, in the modes that it has. Watts stay exact: registers round at their own
 * scale, limits down and set points half away from zero.
 */
export function setpointOf(outputs: Outputs, device: LanDevice): DeviceSetpoint {
  const command = commandFor(outputs, device)
  const has = (mode: Mode): boolean => device.capability.modes.includes(mode)
  if (!command.connected) return offSetpoint(has)
  const connect = outputs.onOff === null ? {} : onSetpoint(has)
  const limit = outputs.maxPowW === null ? {} : limitSetpoint(command.limitW, device, has)
  const power = command.setpointW === null ? {} : powerSetpoint(command.setpointW, device, has)
  return { ...connect, ...limit, ...power }
}

type Has = (mode: Mode) => boolean

function offSetpoint(has: Has): DeviceSetpoint {
  if (has('opModConnect')) return { opModConnect: false }
  if (has('opModEnergize')) return { opModEnergize: false }
  return has('opModMaxLimW') ? { opModMaxLimW: 0 } : { opModTargetW: 0 }
}

function onSetpoint(has: Has): DeviceSetpoint {
  if (has('opModConnect')) return { opModConnect: true }
  return has('opModEnergize') ? { opModEnergize: true } : {}
}

function limitSetpoint(watts: number, { settings }: LanDevice, has: Has): DeviceSetpoint {
  if (has('opModMaxLimW')) return { opModMaxLimW: settings.maxW > 0 ? watts / settings.maxW : 0 }
  return has('opModGenLimW') ? { opModGenLimW: watts } : {}
}

/** A device that cannot hold a power is bounded by it: a generator in what it gives, a load in what it draws. */
function powerSetpoint(watts: number, { capability, settings }: LanDevice, has: Has): DeviceSetpoint {
  if (has('opModTargetW')) return { opModTargetW: watts }
  const { maxW, maxChargeRateW = maxW, maxDischargeRateW = maxW } = settings
  if (has('opModFixedW')) return { opModFixedW: watts / (watts < 0 ? maxChargeRateW : maxDischargeRateW) }
  if (has('opModGenLimW') && has('opModLoadLimW')) {
    return { opModGenLimW: Math.max(0, watts), opModLoadLimW: Math.max(0, -watts) }
  }
  const isLoad = capability.kind === 'load' || capability.kind === 'evse'
  return has('opModMaxLimW') ? { opModMaxLimW: Math.max(0, isLoad ? -watts : watts) / maxW } : {}
}

/** The most that a device may draw: as configured, else its own charge rating. */
export function maxChargeOf({ capability, settings }: Pick<LanDevice, 'capability' | 'settings'>): number {
  const isLoad = capability.kind === 'load' || capability.kind === 'evse'
  return settings.maxChargeRateW ?? (isLoad || capability.kind === 'storage' ? settings.maxW : 0)
}
