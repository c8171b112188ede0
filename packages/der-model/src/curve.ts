/** A piecewise linear curve, its xs in rising order. */
export type Curve = Readonly<{ x: Float64Array; y: Float64Array }>

export function curveOf(x: readonly number[], y: readonly number[]): Curve {
  return { x: Float64Array.from(x), y: Float64Array.from(y) }
}

/** Linear between the points, flat outside; of equal xs the last counts. */
export function interp(at: number, { x, y }: Curve): number {
  const last = x.length - 1
  if (at < (x[0] ?? 0)) return y[0] ?? 0
  if (at >= (x[last] ?? 0)) return y[last] ?? 0
  let j = last - 1
  while ((x[j] ?? 0) > at) j--
  const x0 = x[j] ?? 0
  const y0 = y[j] ?? 0
  return (((y[j + 1] ?? 0) - y0) / ((x[j + 1] ?? 0) - x0)) * (at - x0) + y0
}
