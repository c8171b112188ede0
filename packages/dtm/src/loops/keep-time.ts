import type { Clock } from '@gridloom/kit'
import type { Judge } from '../operations/judge.ts'

/** Tells the engine the time whenever it waits for something that has not come. */
export async function keepTime(judge: Judge, clock: Clock, signal: AbortSignal): Promise<void> {
  while (await slept(clock, 1, signal)) {
    const due = judge.engine.nextDue()
    if (due !== undefined && due <= clock.exact() && judge.waiting() === 0) await judge.submit({ advance: true })
  }
}

/** Stores the state of the engine from time to time. */
export async function keepSnapshots(judge: Judge, clock: Clock, seconds: number, signal: AbortSignal): Promise<void> {
  while (await slept(clock, seconds, signal)) await judge.takeSnapshot()
}

/** False when the signal ended the sleep. */
async function slept(clock: Clock, seconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(seconds, signal)
    return true
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}
