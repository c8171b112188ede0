import type { Clock } from './clock.ts'

/** Wakes one loop before its time; a ring that comes while the loop is busy is kept for its next rest. */
export type Bell = Readonly<{
  ring(): void
  /** Rests until `time` or the next ring; rejects when the signal ends the loop. */
  restUntil(time: number, signal: AbortSignal): Promise<void>
}>

export function createBell(clock: Clock): Bell {
  let rung = false
  let sleeper: AbortController | undefined
  return {
    ring() {
      rung = true
      sleeper?.abort()
    },
    async restUntil(time, signal) {
      signal.throwIfAborted()
      sleeper = new AbortController()
      try {
        if (!rung) await clock.sleepUntil(time, AbortSignal.any([signal, sleeper.signal]))
      } catch (error) {
        if (signal.aborted || !sleeper.signal.aborted) throw error
      } finally {
        sleeper = undefined
        rung = false
      }
    },
  }
}
