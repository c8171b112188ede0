import { announce, apply } from './device-answer.ts'
import { end, enter, type Draft, type DraftEvent } from './draft.ts'
import { commonFields, overlaps, sharesField, type LiveEvent } from './event.ts'
import { isShared } from './fields.ts'
import { bestOf, byPrecedence, isBetter } from './precedence.ts'

/** The fields over which two live events conflict: both their specified and their effective intervals overlap (D5, D14). */
function conflictFields(a: LiveEvent, b: LiveEvent): readonly string[] {
  if (!overlaps(a.specified, b.specified) || !overlaps(a.effective, b.effective)) return []
  return commonFields(a, b).filter((field) => !isShared(field))
}

/** Takes from the events that wait the fields over which they conflict with a better one that runs (D11). */
export function yieldToRunning(draft: Draft): void {
  const running = rulers(draft)
  const waiting = [...draft.live.values()].filter(({ state }) => state !== 'Active')
  for (const event of waiting) {
    for (const ruler of rulersOver(event, running)) {
      if (!ruler.stopping && isBetter(ruler, event)) lose(draft, event, ruler)
    }
  }
}

/** The best event whose time has come and that nothing holds back. */
export function bestDue(draft: Draft): DraftEvent | undefined {
  const due = [...draft.live.values()].filter(isDue)
  if (due.length === 0) return undefined
  const running = rulers(draft)
  return bestOf(due.filter((event) => !isHeldBack(event, running)))
}

/** Starts an event (D12): what is stopping on its fields ends, what is worse loses the fields, and then it is told. */
export function start(draft: Draft, event: DraftEvent): void {
  const rivals = [...draft.live.values()].filter((other) => other !== event && sharesField(event, other))
  for (const other of rivals.toSorted(byPrecedence)) {
    if (other.stopping) conclude(draft, other)
    else if (isBetter(event, other)) lose(draft, other, event)
  }
  enter(draft, event, 'Active')
  apply(draft, event)
  if (!draft.device.confirms) announce(draft, event)
}

/** Ends a stopping event with what its server said of it (D16, D17). */
export function conclude(draft: Draft, event: DraftEvent): void {
  if (event.stopping === 'Cancelled') end(draft, event, { state: 'Cancelled', status: 6 })
  else end(draft, event, { state: 'Superseded', status: 7 })
}

/** Loses the fields of a conflict for good (D10); with the last of them the event is over (D13, D18). */
function lose(draft: Draft, loser: DraftEvent, winner: LiveEvent): void {
  const lost = conflictFields(loser, winner)
  if (lost.length === 0) return
  loser.fields = loser.fields.filter((field) => !lost.includes(field))
  draft.stale = true
  if (loser.fields.length > 0) return
  if (loser.server === winner.server) end(draft, loser, { state: 'Superseded', status: 7 })
  else end(draft, loser, { state: 'Aborted', status: 13 })
}

function isDue({ begun, out, stopping, state }: LiveEvent): boolean {
  return begun && !out && !stopping && state !== 'Active'
}

/** An event without a conflict that still runs on one of its fields is let finish: only draws made them meet (D5, D8). */
function isHeldBack(event: LiveEvent, running: ReadonlyMap<string, DraftEvent>): boolean {
  return rulersOver(event, running).some((ruler) => !ruler.stopping && conflictFields(event, ruler).length === 0)
}

/** The one event that runs on each field that cannot be shared. */
function rulers({ live }: Draft): ReadonlyMap<string, DraftEvent> {
  const running = new Map<string, DraftEvent>()
  for (const event of live.values()) {
    if (event.state === 'Active') for (const field of event.fields) if (!isShared(field)) running.set(field, event)
  }
  return running
}

function rulersOver({ fields }: LiveEvent, running: ReadonlyMap<string, DraftEvent>): readonly DraftEvent[] {
  return [...new Set(fields.flatMap((field) => running.get(field) ?? []))]
}
