import { advance } from './scheduler.ts'
import type { Program } from './scheduling/event.ts'
import { createSchedule, type Schedule } from './scheduling/schedule.ts'
import type { Assigned } from './view.ts'

/** What a server had as default controls at some time: its programs with them, and nothing of its events. */
export type Defaults = Readonly<{ programs: readonly Program[]; assigned: readonly Assigned[] }>

export function defaultsAmong({ programs }: Pick<Schedule, 'programs'>, assigned: readonly Assigned[]): Defaults {
  return { programs, assigned: assigned.map((one) => ({ ...one, controls: [] })) }
}

/** The schedule that is left when no event counts: every field has the default of its program. */
export function defaultSchedule({ kind, device }: Schedule, { programs }: Defaults, now: number): Schedule {
  return advance(createSchedule({ kind, device, programs }), { now, draw: noDraw }).schedule
}

const noDraw = () => ({ start: 0, duration: 0, cancel: 0 })
