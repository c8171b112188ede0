import type { Settings } from '../device.ts'
import type { DeviceSetpoint } from '../setpoint.ts'

/** Seconds for a change of the whole rating, so that this change takes rampTms, or keeps to the gradient. */
export function rampTime({ rampSeconds, gradient }: DeviceSetpoint, settings: Settings, change: number): number {
  if (rampSeconds !== undefined) return change > 0 ? rampSeconds / change : 0
  const slope = gradient ?? settings.gradient
  return slope > 0 ? 1 / slope : 0
}
