import type { Settings } from '../device.ts'
import type { Curve } from '../setpoint.ts'

/** From effective voltage, a fraction of setVRef around setVRefOfs, to the model's per unit; a curve's own vRef stretches it. */
export function voltsPerUnit({ vRef = 1 }: Curve, settings: Settings): (effective: number) => number {
  const nominal = settings.vNom ?? 240
  const reference = settings.vRef ?? nominal
  return (effective) => (effective * vRef * reference + (settings.vRefOfs ?? 0)) / nominal
}
