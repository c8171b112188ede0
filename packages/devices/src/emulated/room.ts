/** The inside of a building: one temperature for its air and walls. */
export type Room = Readonly<{ joulesPerDegree: number; lossWattsPerDegree: number }>

/** `watts` of heat brought in; below zero they are taken out. */
export type RoomInput = Readonly<{ watts: number; outdoors: number }>

/** The temperature after `seconds`, the exact solution for inputs that stand still meanwhile. */
export function stepRoom(room: Room, temperature: number, { watts, outdoors }: RoomInput, seconds: number): number {
  const { joulesPerDegree, lossWattsPerDegree } = room
  const settled = outdoors + watts / lossWattsPerDegree
  return settled + (temperature - settled) * Math.exp((-lossWattsPerDegree * seconds) / joulesPerDegree)
}

const heatsBelow = 20
const coolsAbove = 24

/** How hard a heat pump shall work, -1 (cools) to 1 (heats): nothing in the comfort band, all of it a degree beside. */
export function callOf(temperature: number): number {
  if (temperature < heatsBelow) return Math.min(1, heatsBelow - temperature)
  return Math.max(-1, Math.min(0, coolsAbove - temperature))
}
