import { end, primacyOf, type Draft, type DraftEvent } from './draft.ts'
import type { EventCopy } from './event.ts'
import { completion } from './participation.ts'

/** Takes from a later copy what may change: the program it was read through, and the status; all else is fixed (D23). */
export function refresh(draft: Draft, event: DraftEvent, { program, status: { currentStatus } }: EventCopy): void {
  if (program !== undefined && !event.programs.includes(program)) readThrough(draft, event, program)
  switch (currentStatus) {
    case 2:
      return end(draft, event, { state: 'Cancelled', status: 6 })
    case 3:
      return cancelAfterDelay(draft, event)
    case 4:
      return markSuperseded(event)
    case 5: // edition 2023: over
      return end(draft, event, completion(event, draft.now))
  }
}

function readThrough(draft: Draft, event: DraftEvent, program: string): void {
  event.programs = [...event.programs, program]
  event.primacy = primacyOf(draft.programs, event.programs, event.primacy)
  draft.stale = true
}

/** A running event runs on for its drawn delay, at most to its end (D16); any other ends at once (D15). */
function cancelAfterDelay(draft: Draft, event: DraftEvent): void {
  if (event.state !== 'Active') return end(draft, event, { state: 'Cancelled', status: 6 })
  if (event.stopping === 'Cancelled') return
  event.stopping = 'Cancelled'
  event.stopAt = Math.min(draft.now + event.cancelDelay, event.effective[1])
}

/** What it means (D17) can be told only when all copies of the poll are in. */
function markSuperseded(event: DraftEvent): void {
  if (event.stopping === 'Superseded') return
  event.stopping = 'Superseded'
  event.stopAt = null
}
