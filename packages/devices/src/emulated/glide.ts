import type { Settings } from '../device.ts'
import type { DeviceSetpoint } from '../setpoint.ts'

/** Watts that follow a target: in rampTms after a new set point, by the gradient otherwise. */
export type Glide = Readonly<{
  value(): number
  /** The steepest change now, W/s. */
  pace(): number
  /** A new set point asks for `target`. */
  begin(setpoint: DeviceSetpoint, target: number): void
  step(target: number, seconds: number): number
  jump(watts: number): void
}>

export function createGlide(initial: number, settings: Settings): Glide {
  let value = initial
  let usual = paceOf(settings.gradient, settings)
  let ramp = { pace: usual, secondsLeft: 0 }
  const pace = () => (ramp.secondsLeft > 0 ? ramp.pace : usual)
  return {
    value: () => value,
    pace,
    begin({ rampSeconds, gradient = settings.gradient }, target) {
      usual = paceOf(gradient, settings)
      if (rampSeconds === undefined) ramp = { pace: usual, secondsLeft: 0 }
      else if (rampSeconds === 0) ramp = { pace: Infinity, secondsLeft: 1 }
      else ramp = { pace: Math.abs(target - value) / rampSeconds, secondsLeft: rampSeconds }
    },
    step(target, seconds) {
      const most = pace() * seconds
      const change = target - value
      // what rounding left of a ramp is not worth another step
      value = Math.abs(change) <= most + 1e-6 ? target : value + Math.sign(change) * most
      ramp = { ...ramp, secondsLeft: ramp.secondsLeft - seconds }
      return value
    },
    jump(watts) {
      value = watts
    },
  }
}

function paceOf(gradient: number, { maxW }: Settings): number {
  return gradient > 0 ? gradient * maxW : Number.POSITIVE_INFINITY
}
