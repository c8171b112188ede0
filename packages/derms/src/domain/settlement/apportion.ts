/**
 * Parts of a whole number in the ratio of weights that are whole numbers: each the exact part rounded down, and one more
 * for the largest remainders until the sum is the whole. Without weights nobody gets anything.
 */
export function apportion(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) return weights.map(() => 0n)
  const parts = weights.map((weight) => (whole * weight) / total)
  const left = whole - parts.reduce((sum, part) => sum + part, 0n)
  const remainders = weights.map((weight, index) => ({ index, left: (whole * weight) % total }))
  const order = remainders.toSorted((a, b) => (a.left < b.left ? 1 : a.left > b.left ? -1 : a.index - b.index))
  for (const { index } of order.slice(0, Number(left))) parts[index] = (parts[index] ?? 0n) + 1n
  return parts
}

/** A quotient of whole numbers, not negative, rounded half up. */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor)
}
