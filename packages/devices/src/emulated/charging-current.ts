/** A charging point as its vehicles see it: IEC 61851-1 tells them a current in whole amperes, and none below 6 A. */
export type ChargingPoint = Readonly<{ maxA: number; phases: 1 | 3 }>

const leastA = 6

/** What flows, in watts, when so many watts are offered at this voltage: the sign stays, the rest is never more. */
export function steppedPower({ maxA, phases }: ChargingPoint, watts: number, volts: number): number {
  if (volts <= 0) return 0
  const perAmpere = phases * volts
  // a limit of 3600 W is 15 A at 240 V, though the quotient may fall a hair short
  const amperes = Math.min(maxA, Math.floor(Math.abs(watts) / perAmpere + 1e-9))
  return amperes < leastA ? 0 : Math.sign(watts) * amperes * perAmpere
}
