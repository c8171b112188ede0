import { backoffSeconds } from './backoff.ts'
import type { Clock } from './clock.ts'
import { createRandom, type Random } from './random.ts'

export type PollOptions<T> = Readonly<{
  /** The poll rate in seconds that came with a value: 900 when there is none, and 0 or less ends the loop. */
  rate?: (value: T) => number | undefined
  leastSeconds?: number
  mostSeconds?: number
  /** The share by which periods vary, so that a fleet does not poll in step. */
  jitter?: number
  random?: Random
  /** Told of every failure and of the wait before the next try. */
  failed?: (error: unknown, waitSeconds: number) => void
}>

type Outcome<T> = Readonly<{ kind: 'value'; value: T } | { kind: 'failure'; error: unknown }>

/** Gets at once, then at the rate of the last value, until the signal ends it; failures are retried with backoff. */
export async function* poll<T>(
  get: (signal: AbortSignal) => Promise<T>,
  clock: Clock,
  signal: AbortSignal,
  options: PollOptions<T> = {},
): AsyncGenerator<T, void, undefined> {
  const { random = createRandom('poll'), failed } = options
  let failures = 0
  while (!signal.aborted) {
    const outcome = await attempt(get, signal)
    if (signal.aborted) return
    let seconds: number
    if (outcome.kind === 'value') {
      failures = 0
      yield outcome.value
      seconds = periodOf(outcome.value, options, random)
      if (seconds <= 0) return
    } else {
      seconds = retryAfterOf(outcome.error) ?? backoffSeconds(failures, random)
      failures += 1
      failed?.(outcome.error, seconds)
    }
    if (!(await rested(clock, seconds, signal))) return
  }
}

async function attempt<T>(get: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<Outcome<T>> {
  try {
    return { kind: 'value', value: await get(signal) }
  } catch (error) {
    return { kind: 'failure', error }
  }
}

function periodOf<T>(value: T, options: PollOptions<T>, random: Random): number {
  const { rate, leastSeconds = 10, mostSeconds = 7200, jitter = 0.1 } = options
  const seconds = rate?.(value) ?? 900
  if (seconds <= 0) return 0
  return Math.min(Math.max(seconds, leastSeconds), mostSeconds) * (1 + jitter * (2 * random.next() - 1))
}

/** A failure may carry the wait that the server asked for, as the client's errors do. */
function retryAfterOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('retryAfter' in error)) return undefined
  return typeof error.retryAfter === 'number' ? error.retryAfter : undefined
}

async function rested(clock: Clock, seconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(seconds, signal)
    return true
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}
