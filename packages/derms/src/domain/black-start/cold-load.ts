/** What loads take after an outage. */
export type ColdLoad = Readonly<{
  /** At first, as a multiple of the usual load: heaters and fridges all run at once. */
  factor: number
  /** Until they take turns again. */
  seconds: number
}>

/**
 * The multiple of its usual load that a group takes so long after its pick-up. It falls in a straight line to 1; loads come
 * back in a curve that lies below it, so this is on the safe side.
 */
export function coldLoadAt({ factor, seconds }: ColdLoad, age: number): number {
  if (age >= seconds) return 1
  return factor - (factor - 1) * (Math.max(age, 0) / seconds)
}
