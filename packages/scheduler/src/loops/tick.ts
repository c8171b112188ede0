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
  let repeatedAt = clock.now()
  for (;;) {
    const began = performance.now()
    scheduling.tick()
    if (Math.abs(clock.now() - repeatedAt) >= heartbeatSeconds) {
      scheduling.repeat()
      repeatedAt = clock.now()
    }
    took((performance.now() - began) / 1000)
    try {
      // for the rest of the second, and not until a time: a clock that is set back must not hold up the ticks
      await clock.sleep(clock.now() + 1 - clock.exact(), signal)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
  }
}
