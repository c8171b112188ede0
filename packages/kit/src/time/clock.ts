import { setTimeout as wait } from 'node:timers/promises'

/** All times are seconds since 1970, as on the wire; a simulated clock and its sleepers run at the clock's own speed. */
export type Clock = Readonly<{
  /** Whole seconds: what is written into messages and compared with their times. */
  now(): number
  /** The same instant with its fraction: for offsets and round trips. */
  exact(): number
  sleep(seconds: number, signal?: AbortSignal): Promise<void>
  /** Wakes at or after `time`, never before, also when the clock is set meanwhile. */
  sleepUntil(time: number, signal?: AbortSignal): Promise<void>
}>

/** Simulated time is `start` at the wall time `startedAt` and runs `speed` times as fast: the same in every process. */
export type Simulation = Readonly<{ start: number; startedAt: number; speed: number }>

export const systemClock: Clock = simulatedClock({ start: 0, startedAt: 0, speed: 1 })

export function simulatedClock({ start, startedAt, speed }: Simulation): Clock {
  const exact = (): number => start + (Date.now() / 1000 - startedAt) * speed
  const sleepUntil = async (time: number, signal?: AbortSignal): Promise<void> => {
    for (let left = time - exact(); left > 0; left = time - exact()) await wallSleep(left / speed, signal)
    signal?.throwIfAborted()
  }
  const sleep = async (seconds: number, signal?: AbortSignal): Promise<void> => {
    for (let left = seconds / speed; left > 0; left -= longestWait) await wallSleep(left, signal)
    signal?.throwIfAborted()
  }
  return { now: () => Math.floor(exact()), exact, sleep, sleepUntil }
}

/** The clock that a configuration asks for: simulated when it names a simulation. */
export function clockOf(simulation: Simulation | undefined): Clock {
  return simulation ? simulatedClock(simulation) : systemClock
}

// Short enough to notice that the wall clock was set, and far below the 24.8 days at which setTimeout overflows.
const longestWait = 30

async function wallSleep(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  const milliseconds = Math.ceil(Math.min(seconds, longestWait) * 1000)
  await wait(milliseconds, undefined, signal ? { signal } : {})
}
