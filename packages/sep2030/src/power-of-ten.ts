import { SepError } from './errors.ts'

/** A quantity as the standard writes it: value x 10^multiplier in the base unit. */
export type Scaled = Readonly<{ multiplier: number; value: number }>

/** What a significand may be, and the first multiplier to try: 0 for whole units, -9 for all the precision there is. */
export type Significand = Readonly<{ min: number; max: number; from?: number }>

// the range that the standard intends for PowerOfTenMultiplierType; the schema allows any Int8
const least = -9
const greatest = 9

/** The number that a scaled quantity stands for. */
export function unscaled({ multiplier, value }: Scaled): number {
  // a division keeps decimals exact: 7 / 100 is 0.07, 7 * 0.01 is not
  return multiplier < 0 ? value / 10 ** -multiplier : value * 10 ** multiplier
}

/** The form with the smallest multiplier for which the significand fits, rounded half to even. */
export function scaled(amount: number, { min, max, from = least }: Significand): Scaled {
  if (amount === 0) return { multiplier: 0, value: 0 }
  // what is below zero must not round to a zero that an unsigned type holds
  const last = amount < 0 && min >= 0 ? -Infinity : greatest
  for (let multiplier = from; multiplier <= last; multiplier++) {
    const value = roundHalfEven(unscaled({ multiplier: -multiplier, value: amount }))
    if (min <= value && value <= max) return { multiplier, value }
  }
  throw new SepError('invalid', `no power of ten makes it fit its type: "${amount}"`)
}

export const toActivePower = (watts: number): Scaled => scaled(watts, int16)
export const toReactivePower = (vars: number): Scaled => scaled(vars, int16)
export const toApparentPower = (voltAmperes: number): Scaled => scaled(voltAmperes, uint16)
export const toVoltageRms = (volts: number): Scaled => scaled(volts, uint16)
export const toCurrentRms = (amperes: number): Scaled => scaled(amperes, uint16)
export const toWattHour = (wattHours: number): Scaled => scaled(wattHours, uint16)
export const toRealEnergy = (wattHours: number): Scaled => scaled(wattHours, uint48)
export const toSignedRealEnergy = (wattHours: number): Scaled => scaled(wattHours, int48)

const int16 = { min: -32_768, max: 32_767 }
const uint16 = { min: 0, max: 65_535 }
const uint48 = { min: 0, max: 2 ** 48 - 1 }
const int48 = { min: -(2 ** 47), max: 2 ** 47 }

function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}
