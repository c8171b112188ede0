import type { Clock } from '@gridloom/kit'
import type { Scheduling } from '../operations/scheduling.ts'

export type TickOptions = Readonly<{
  scheduling: Pick<Scheduling, 'tick' | 'repeat'>
  clock: Clock
  heartbeatSeconds: number
  /** Told how long a tick took, in seconds. */
  took: (seconds: number) => void
}>

/** Lets the schedules follow the clock, second by second, until the signal ends it. */
export async function runTicks({ scheduling, clock, heartbeatSeconds, took }: TickOptions, signal: AbortSignal) {
  let repeatAt = clock.now() + heartbeatSeconds
  for (;;) {
    const began = performance.now()
    scheduling.tick()
    if (clock.now() >= repeatAt) {
      scheduling.repeat()
      repeatAt = clock.now() + heartbeatSeconds
    }
    took((performance.now() - began) / 1000)
    try {
      await clock.sleepUntil(clock.now() + 1, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
  }
}
