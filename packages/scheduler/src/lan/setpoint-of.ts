import type { ScheduledDevice, ScheduleOutput } from '@gridloom/contracts'
import type { Capability, DeviceSetpoint, Mode, Settings } from '@gridloom/devices'
import { commandOf, type DeviceCommand } from '../domain/device-resolution.ts'

export type LanDevice = Readonly<{ capability: Capability; settings: Settings; maxChargeW: number }>

/** The three outputs of a device, null where nothing runs, and the most that it may draw. */
export type Outputs = Readonly<{
  onOff: boolean | null
  actPowW: number | null
  maxPowW: number | null
  maxDrawW: number | null
}>

/** The outputs within the limits that hold beside them. */
export function outputsOf(outputs: readonly ScheduleOutput[], limits: ScheduledDevice['limits']): Outputs {
  const value = (quantity: ScheduleOutput['quantity']) =>
    outputs.find((output) => output.quantity === quantity)?.value ?? null
  const [onOff, actPow, maxPow] = [value('OnOff'), value('ActPow'), value('MaxPow')]
  return {
    onOff: typeof onOff === 'boolean' ? onOff : null,
    actPowW: typeof actPow === 'number' ? actPow : null,
    maxPowW: leastOf(typeof maxPow === 'number' ? maxPow : null, limits.exportW),
    maxDrawW: limits.importW,
  }
}

/** What the outputs come to for a device (scheduling.md §4). */
export function commandFor(outputs: Outputs, { settings, maxChargeW }: LanDevice): DeviceCommand {
  const mostDraw = Math.min(maxChargeW, outputs.maxDrawW ?? Infinity)
  return commandOf({ ...outputs, WMax: settings.maxW, maxChargeW: mostDraw })
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
  const draw = outputs.maxDrawW === null ? {} : drawSetpoint(outputs.maxDrawW, device, has)
  return { ...connect, ...stricter(stricter(limit, power), draw) }
}

/** Whether a device is bounded in what it draws: it has such a limit, or is held at a power. */
export function isDrawBounded({ actPowW }: Outputs, { capability }: LanDevice): boolean {
  const modes: readonly Mode[] = isLoad(capability) ? [...drawModes, 'opModMaxLimW'] : drawModes
  const isHeld = actPowW !== null && capability.modes.some((mode) => mode === 'opModTargetW' || mode === 'opModFixedW')
  return isHeld || modes.some((mode) => capability.modes.includes(mode))
}

const drawModes = ['opModLoadLimW', 'opModImpLimW'] as const

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

function drawSetpoint(watts: number, { capability, settings }: LanDevice, has: Has): DeviceSetpoint {
  const own = drawModes.find(has)
  if (own) return { [own]: watts }
  return isLoad(capability) && has('opModMaxLimW') && settings.maxW > 0 ? { opModMaxLimW: watts / settings.maxW } : {}
}

/** Both at once: where they limit the same, the narrower one. */
function stricter(one: DeviceSetpoint, other: DeviceSetpoint): DeviceSetpoint {
  const narrower = limitModes.flatMap((mode) => {
    const [a, b] = [one[mode], other[mode]]
    return a === undefined || b === undefined ? [] : [[mode, Math.min(a, b)] as const]
  })
  return { ...one, ...other, ...Object.fromEntries(narrower) }
}

const limitModes = ['opModMaxLimW', 'opModGenLimW', 'opModLoadLimW', 'opModImpLimW'] as const

function leastOf(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.min(one, other)
}

/** A device that cannot hold a power is bounded by it: a generator in what it gives, a load in what it draws. */
function powerSetpoint(watts: number, { capability, settings }: LanDevice, has: Has): DeviceSetpoint {
  if (has('opModTargetW')) return { opModTargetW: watts }
  const { maxW, maxChargeRateW = maxW, maxDischargeRateW = maxW } = settings
  if (has('opModFixedW')) return { opModFixedW: watts / (watts < 0 ? maxChargeRateW : maxDischargeRateW) }
  if (has('opModGenLimW') && has('opModLoadLimW')) {
    return { opModGenLimW: Math.max(0, watts), opModLoadLimW: Math.max(0, -watts) }
  }
  return has('opModMaxLimW') ? { opModMaxLimW: Math.max(0, isLoad(capability) ? -watts : watts) / maxW } : {}
}

/** The most that a device may draw: as configured, else its own charge rating. */
export function maxChargeOf({ capability, settings }: Pick<LanDevice, 'capability' | 'settings'>): number {
  return settings.maxChargeRateW ?? (isLoad(capability) || capability.kind === 'storage' ? settings.maxW : 0)
}

function isLoad({ kind }: Capability): boolean {
  return kind === 'load' || kind === 'evse'
}
