import type { Clock, Logger } from '@gridloom/kit'
import type { Desk } from '../operations/desk.ts'
import type { Fleet } from '../operations/fleet.ts'
import type { Sides } from '../operations/sides.ts'

export type LoopOptions = Readonly<{
  fleet: Fleet
  sides: Sides
  desk: Desk
  clock: Clock
  log: Logger
  pollSeconds: number
}>

// what was learned of days is kept so often
const saveSeconds = 300

/** Reads the fleet and takes every service a step on, again and again, until the signal ends it. */
export async function runServices(options: LoopOptions, signal: AbortSignal): Promise<void> {
  const { fleet, sides, desk, clock, log, pollSeconds } = options
  let savedAt = clock.exact()
  let isReached = true
  for (;;) {
    const now = clock.exact()
    try {
      await sides.refresh(now, signal)
      await fleet.refresh(now, signal)
      if (!isReached) log.info('server is back')
      isReached = true
    } catch (err) {
      if (signal.aborted) return
      if (isReached) log.warn({ err }, 'server not reached, its last word holds')
      isReached = false
    }
    await desk.tick()
    if (now >= savedAt + saveSeconds) {
      savedAt = now
      await fleet.save()
    }
    try {
      await clock.sleepUntil(now + pollSeconds, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
  }
}
