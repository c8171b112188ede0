/** Adds two integers, or says that the sum is not one that can be carried exactly. */
export function addExact(a: number, b: number): number {
  const sum = a + b
  if (!Number.isSafeInteger(sum)) throw new RangeError(`the sum of ${a} and ${b} is beyond 2^53-1`)
  return sum
}
