import { scaled, type Scaled } from '@gridloom/sep2030'

/** An energy in watt-hours without decimals: more precision than a meter has helps nobody who reads the wire. */
export function wholeWattHours(energyWh: number): Scaled {
  return scaled(Math.round(energyWh), { min: -(2 ** 47), max: 2 ** 47 - 1, from: 0 })
}
