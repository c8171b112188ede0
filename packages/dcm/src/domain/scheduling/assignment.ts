import { end, primacyOf, type Draft } from './draft.ts'
import type { Program } from './event.ts'

/** Takes over the programs assigned now, and ranks the events by them (D9). */
export function reassign(draft: Draft, programs: readonly Program[]): void {
  draft.programs = programs
  draft.stale = true
  for (const event of draft.live.values()) event.primacy = primacyOf(programs, event.programs, event.primacy)
}

/** Aborts the events that no assigned program holds any more (D18). */
export function abortOrphans(draft: Draft): void {
  const assigned = new Set(draft.programs.map(({ id }) => id))
  for (const event of draft.live.values()) {
    const isOrphan = event.programs.length > 0 && !event.programs.some((id) => assigned.has(id))
    if (isOrphan) end(draft, event, { state: 'Aborted', status: 14 })
  }
}
