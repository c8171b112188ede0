/** One measured figure beside that of its reference in the same run; more is better. */
export type BenchFigure = Readonly<{
  bench: string
  metric: string
  /** Work per second. */
  value: number
  unit: string
  reference: string
  referenceValue: number
  /** `value` / `referenceValue`. */
  ratio: number
}>
