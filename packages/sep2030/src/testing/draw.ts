/** Where a maker of test documents gets its choices from. */
export type Draw = Readonly<{
  int(min: number, max: number): number
  pick<T>(items: readonly T[]): T
  /** True so many times in a hundred. */
  chance(percent: number): boolean
}>

/** Choices that follow from a seed (mulberry32): fast-check finds the seed, and a test that failed is run again by it. */
export function drawFrom(seed: number): Draw {
  let state = seed
  const next = () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return { int, pick, chance: (percent) => next() * 100 < percent }
}
