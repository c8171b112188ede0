import type { BenchFigure } from './figure.ts'

/** Does some work and says how much, in the unit of the figure; nothing said is one. */
export type Work = () => unknown

export type Contest = Readonly<{ rounds: number; roundMs: number; ours: Work; theirs: Work }> &
  Pick<BenchFigure, 'bench' | 'metric' | 'unit' | 'reference'>

/** Measures two works by turns in one process: a machine that slows down slows down both. */
export function byTurns({ rounds, roundMs, ours, theirs, ...names }: Contest): BenchFigure {
  perSecond(ours, roundMs)
  perSecond(theirs, roundMs)
  const own: number[] = []
  const other: number[] = []
  for (let round = 0; round < rounds; round++) {
    own.push(perSecond(ours, roundMs))
    other.push(perSecond(theirs, roundMs))
  }
  const value = median(own)
  const referenceValue = median(other)
  return { ...names, value, referenceValue, ratio: value / referenceValue }
}

/** How much of a work is done in a second, measured for so long. */
export function perSecond(work: Work, milliseconds: number): number {
  const start = performance.now()
  let done = 0
  let elapsed = 0
  while (elapsed < milliseconds) {
    const amount = work()
    done += typeof amount === 'number' ? amount : 1
    elapsed = performance.now() - start
  }
  return (done / elapsed) * 1000
}

/** The middle one: a busy moment of the machine spoils a round and not the figure. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
