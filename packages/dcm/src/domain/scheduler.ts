import { deliver } from './scheduling/deliver.ts'
import { closeDraft, openDraft } from './scheduling/draft.ts'
import type { Draw } from './scheduling/draws.ts'
import { nextInstant, type Schedule, type ScheduleEffect, type ScheduleInput } from './scheduling/schedule.ts'
import { settle } from './scheduling/settle.ts'

export type Advance = Readonly<{
  schedule: Schedule
  effects: readonly ScheduleEffect[]
  /** When time alone will change something; null: never. */
  wakeAt: number | null
}>

/**
 * Lets time pass up to and including `now` (server time, whole seconds), instant by instant of those that matter, and takes
 * in what was read or done at `now`. Everything read in one poll must come in one call (D1). A `now` before the last instant
 * counts as that instant. The same schedule comes back when nothing happened.
 */
export function advance(
  schedule: Schedule,
  { now, inputs = [], draw }: Readonly<{ now: number; inputs?: readonly ScheduleInput[]; draw: Draw }>,
): Advance {
  const due = nextInstant(schedule.events)
  const isNew = schedule.settledAt === null
  if (inputs.length === 0 && !isNew && (due === null || due > now)) return { schedule, effects: [], wakeAt: due }
  const draft = openDraft(schedule)
  const second = Math.floor(now)
  const until = Math.max(second, schedule.settledAt ?? second)
  const first = inputs[0]?.type === 'restart' ? null : due
  for (let at = first; at !== null && at < until; at = nextInstant(draft.live.values())) {
    draft.now = at
    settle(draft)
  }
  if (inputs.length > 0 || isNew || nextInstant(draft.live.values()) === until) {
    draft.now = until
    deliver(draft, inputs, draw)
    settle(draft)
  }
  return { schedule: closeDraft(draft), effects: draft.effects, wakeAt: nextInstant(draft.live.values()) }
}
