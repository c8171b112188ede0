import type { Grant } from '../setpoint.ts'

/** Where the flow stands: what has flowed, the steepest change in W/s, and the length of the next step. */
type Flow = Readonly<{ flowedWh: number; slope: number; seconds: number }>

/** The power, in the generator's sign, that a grant leaves for the next step; it slows down in time for the ramp. */
export function grantedPower({ watts, wattHours }: Grant, { flowedWh, slope, seconds }: Flow): number {
  const left = Math.max(0, Math.abs(wattHours) - flowedWh) * 3600
  if (left === 0) return 0
  // after this step at P, a ramp down of P - slope·t in whole steps lets P²/(2·slope) + P·seconds/2 flow, this step included
  const stoppable = (2 * left) / (seconds / 2 + Math.sqrt(seconds ** 2 / 4 + (2 * left) / slope))
  const power = Math.min(watts, left / seconds, stoppable)
  return wattHours > 0 ? -power : power
}
