import type { Settings } from '../device.ts'
import type { DeviceSetpoint } from '../setpoint.ts'

/** Most watts that may be delivered; undefined when nothing limits. Without a site meter an export limit bounds the device itself. */
export function deliveryCap(setpoint: DeviceSetpoint, settings: Settings): number | undefined {
  return least(share(setpoint.opModMaxLimW, settings.maxW), setpoint.opModGenLimW, setpoint.opModExpLimW)
}

/** Most watts that may be drawn. */
export function receiptCap(setpoint: DeviceSetpoint): number | undefined {
  return least(setpoint.opModLoadLimW, setpoint.opModImpLimW)
}

export function least(...watts: readonly (number | undefined)[]): number | undefined {
  const limits = watts.filter((limit) => limit !== undefined)
  return limits.length > 0 ? Math.max(0, Math.min(...limits)) : undefined
}

export function share(fraction: number | undefined, base: number): number | undefined {
  return fraction === undefined ? undefined : fraction * base
}
