import type { Clock } from './clock.ts'

/** Wakes one loop before its time; a ring that comes while the loop is busy is kept for its next rest. */
export type Bell = Readonly<{
  ring(): void
  /** Rests until `time` or the next ring; rejects when the signal ends the loop. */
  restUntil(time: number, signal: AbortSignal): Promise<void>
  /** Rests for so many seconds or until the next ring, however the clock is set meanwhile. */
  rest(seconds: number, signal: AbortSignal): Promise<void>
}>

export function createBell(clock: Clock): Bell {
  let rung = false
  let sleeper: AbortController | undefined
  const restWhile = async (sleep: (waking: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted()
    sleeper = new AbortController()
    try {
      if (!rung) await sleep(AbortSignal.any([signal, sleeper.signal]))
    } catch (error) {
      if (signal.aborted || !sleeper.signal.aborted) throw error
    } finally {
      sleeper = undefined
      rung = false
    }
  }
  return {
    ring() {
      rung = true
      sleeper?.abort()
    },
    restUntil: (time, signal) => restWhile((waking) => clock.sleepUntil(time, waking), signal),
    rest: (seconds, signal) => restWhile((waking) => clock.sleep(seconds, waking), signal),
  }
}
