import { deliveryCap, least, receiptCap } from '../../emulated/caps.ts'
import type { Settings } from '../../device.ts'
import type { Mode } from '../../modes.ts'
import type { DeviceSetpoint } from '../../setpoint.ts'

const capModes = ['opModMaxLimW', 'opModGenLimW', 'opModExpLimW'] as const
const powerModes = ['opModFixedW', 'opModTargetW', 'opModStorageTargetW'] as const

export type Asked = Readonly<{ watts: number; modes: readonly Mode[] }>

/** The smallest of the caps on delivery, which together own one register. */
export function capOf(setpoint: DeviceSetpoint, settings: Settings): Asked | undefined {
  const watts = deliveryCap(setpoint, settings)
  return watts === undefined ? undefined : { watts, modes: capModes.filter((mode) => mode in setpoint) }
}

/** The power to be held: a set point comes before what is granted, and a cap on receipt bounds both. */
export function powerOf(setpoint: DeviceSetpoint, settings: Settings, grantedW?: number): Asked | undefined {
  const { opModFixedW, opModTargetW, opModStorageTargetW } = setpoint
  const wanted = fixedOf(opModFixedW, settings) ?? opModTargetW ?? opModStorageTargetW ?? grantedW
  if (wanted === undefined) return undefined
  const floor = -(receiptCap(setpoint) ?? Number.POSITIVE_INFINITY)
  return { watts: Math.max(floor, wanted), modes: powerModes.filter((mode) => mode in setpoint) }
}

/** Of what only generates, a power to be held is one more cap. */
export function capWithPower(setpoint: DeviceSetpoint, settings: Settings): Asked | undefined {
  const cap = capOf(setpoint, settings)
  const power = powerOf(setpoint, settings)
  const watts = least(cap?.watts, power?.watts)
  return watts === undefined ? undefined : { watts, modes: [...(cap?.modes ?? []), ...(power?.modes ?? [])] }
}

function fixedOf(fraction: number | undefined, settings: Settings): number | undefined {
  if (fraction === undefined) return undefined
  const { maxW, maxChargeRateW = maxW, maxDischargeRateW = maxW } = settings
  return fraction * (fraction < 0 ? maxChargeRateW : maxDischargeRateW)
}
