import { constantFrom, integer, type GeneratorValue } from 'fast-check'

/** Where a maker of test documents gets its choices from. */
export type Draw = Readonly<{
  int(min: number, max: number): number
  pick<T>(items: readonly T[]): T
  /** True so many times in a hundred. */
  chance(percent: number): boolean
}>

/** Choices that fast-check makes, repeats and shrinks. */
export function drawFrom(g: GeneratorValue): Draw {
  const int = (min: number, max: number) => g(integer, { min, max })
  const pick = <T>(items: readonly T[]) => g<T, T[]>(constantFrom, ...items)
  // a smaller number is the simpler choice: it leaves things out
  return { int, pick, chance: (percent) => int(0, 99) >= 100 - percent }
}
