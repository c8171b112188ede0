import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from './clock.ts'

/** A clock that stands still until a test moves it. */
export type VirtualClock = Clock & Readonly<{ advance(seconds: number): Promise<void> }>

type Sleeper = Readonly<{ time: number; wake: () => void }>

/** Time for tests: `advance` wakes every sleeper in its order and lets it run before the next, so a day takes a millisecond. */
export function virtualClock(start = 0): VirtualClock {
  let time = start
  const sleepers = new Set<Sleeper>()

  const sleepUntil = (until: number, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (until <= time) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', abort)
        end()
      }
      const sleeper = { time: until, wake: () => settle(resolve) }
      const abort = (): void => settle(() => reject(signal?.reason))
      sleepers.add(sleeper)
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  const advance = async (seconds: number): Promise<void> => {
    const end = time + seconds
    await settled()
    for (let next = earliest(sleepers); next && next.time <= end; next = earliest(sleepers)) {
      time = Math.max(time, next.time)
      next.wake()
      await settled()
    }
    time = end
  }

  return {
    now: () => Math.floor(time),
    exact: () => time,
    sleep: (seconds, signal) => sleepUntil(time + Math.max(seconds, 0), signal),
    sleepUntil,
    advance,
  }
}

function earliest(sleepers: ReadonlySet<Sleeper>): Sleeper | undefined {
  let first: Sleeper | undefined
  for (const sleeper of sleepers) if (!first || sleeper.time < first.time) first = sleeper
  return first
}

// Two turns: one for what the sleeper does at once, one for the group commit that it may have started.
async function settled(): Promise<void> {
  await turn()
  await turn()
}
