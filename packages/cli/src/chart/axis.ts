const steps = [1, 2, 5]
const wantedTicks = 6

/** An axis over a range of values, with a tick at every round number. */
export function roundAxis(values: readonly number[], write: (value: number) => string = String) {
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)]
  const rough = (high - low) / wantedTicks
  const decade = 10 ** Math.floor(Math.log10(rough))
  const step = decade * (steps.find((each) => each * decade >= rough) ?? 10)
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)]
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
  return { range: [first * step, last * step] as const, ticks, write }
}
