import type { Clock } from './clock.ts'

// by less than that the clock of the machine is only kept right
const leastStep = 1

/**
 * A clock for those who measure spans by it: when the machine's clock is set back it goes on as if nothing had happened, and is ahead
 * by so much from then on. When that one is set forward, or the machine has slept, it follows.
 */
export function onwardClock(clock: Clock, speed = 1): Clock {
  let anchor = clock.exact()
  let anchoredAt = performance.now()
  let ahead = 0

  const exact = (): number => {
    const at = performance.now()
    const time = anchor + ((at - anchoredAt) / 1000) * speed
    const told = clock.exact() + ahead
    if (told < time - leastStep * speed) ahead += time - told
    if (told <= time + leastStep * speed) return time
    anchor = told
    anchoredAt = at
    return told
  }
  const sleepUntil = async (time: number, signal?: AbortSignal): Promise<void> => {
    for (let left = time - exact(); left > 0; left = time - exact()) {
      await clock.sleep(Math.min(left, longestWait * speed), signal)
    }
    signal?.throwIfAborted()
  }
  return { now: () => Math.floor(exact()), exact, sleep: clock.sleep, sleepUntil }
}

// short enough to notice that the machine has slept
const longestWait = 30
