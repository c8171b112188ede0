import type { FollowingScore } from '@gridloom/contracts'

const longestDelaySeconds = 300

/**
 * Scores what was given against what was asked, both sampled at the same period: correlation and delay are taken together
 * at the delay where their sum is best, precision is taken without any delay. What asks for nothing is met by nothing.
 */
export function scoreOf(asked: readonly number[], given: readonly number[], periodSeconds: number): FollowingScore {
  const precision = precisionOf(asked, given)
  const { correlation, delaySeconds, delay } = bestDelay(asked, given, periodSeconds) ?? {
    // a signal that never changes has no shape: being near it is all there is
    correlation: precision,
    delaySeconds: 0,
    delay: precision > 0 ? 1 : 0,
  }
  return { correlation, delaySeconds, delay, precision, score: (correlation + delay + precision) / 3 }
}

function precisionOf(asked: readonly number[], given: readonly number[]): number {
  const size = asked.reduce((sum, one) => sum + Math.abs(one), 0)
  const error = asked.reduce((sum, one, index) => sum + Math.abs(one - (given[index] ?? 0)), 0)
  if (error === 0) return 1
  return size === 0 ? 0 : Math.max(1 - error / size, 0)
}

function bestDelay(asked: readonly number[], given: readonly number[], periodSeconds: number) {
  const most = Math.min(Math.floor(longestDelaySeconds / periodSeconds), Math.floor(asked.length / 2))
  let best: Pick<FollowingScore, 'correlation' | 'delaySeconds' | 'delay'> | undefined
  for (let periods = 0; periods <= most; periods++) {
    const found = correlationOf(asked.slice(0, asked.length - periods), given.slice(periods, asked.length))
    if (found === undefined) return undefined
    const correlation = Math.max(found, 0)
    const delaySeconds = periods * periodSeconds
    const delay = correlation > 0 ? 1 - delaySeconds / longestDelaySeconds : 0
    if (!best || correlation + delay > best.correlation + best.delay) best = { correlation, delaySeconds, delay }
  }
  return best
}

/** Pearson's; 0 where the second never changes, undefined where the first does not. */
function correlationOf(a: readonly number[], b: readonly number[]): number | undefined {
  const meanA = meanOf(a)
  const meanB = meanOf(b)
  let [ab, aa, bb] = [0, 0, 0]
  a.forEach((value, index) => {
    const [x, y] = [value - meanA, (b[index] ?? 0) - meanB]
    ab += x * y
    aa += x * x
    bb += y * y
  })
  if (aa === 0) return undefined
  return bb === 0 ? 0 : Math.min(ab / Math.sqrt(aa * bb), 1)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1)
}
