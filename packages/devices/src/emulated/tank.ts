/** A stirred hot-water tank. */
export type Tank = Readonly<{
  litres: number
  /** Heat lost per degree above the air, W/K. */
  lossWattsPerDegree: number
  coldWater: number
}>

export type TankInput = Readonly<{ watts: number; litresPerSecond: number; air: number }>

/** Joules to warm a litre of water by one degree. */
export const joulesPerLitreDegree = 4186

/** The temperature after `seconds`, the exact solution for inputs that stand still meanwhile. */
export function stepTank(tank: Tank, temperature: number, input: TankInput, seconds: number): number {
  const heatCapacity = tank.litres * joulesPerLitreDegree
  const flow = input.litresPerSecond * joulesPerLitreDegree
  const loss = tank.lossWattsPerDegree + flow
  const gain = input.watts + tank.lossWattsPerDegree * input.air + flow * tank.coldWater
  if (loss === 0) return temperature + (gain * seconds) / heatCapacity
  const settled = gain / loss
  return settled + (temperature - settled) * Math.exp((-loss * seconds) / heatCapacity)
}
