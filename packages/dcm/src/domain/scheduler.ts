import type { Draws, EventCopy } from './event.ts'
import type { Schedule, ScheduleEffect, ScheduleInput } from './schedule.ts'

/** The random source: asked once per event, when it is first seen. */
export type Draw = (copy: EventCopy) => Draws

export type Advance = Readonly<{ schedule: Schedule; effects: readonly ScheduleEffect[]; wakeAt: number | null }>

/**
 * Lets time pass up to and including `now` (server time, whole seconds), instant by instant of those that matter, and then
 * takes in what was read or done at `now`. Everything read in one poll must come in one call (D1). A `now` before the last
 * one counts as the last one.
 */
export declare function advance(
  schedule: Schedule,
  step: Readonly<{ now: number; inputs?: readonly ScheduleInput[]; draw: Draw }>,
): Advance
