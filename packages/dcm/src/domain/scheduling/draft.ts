import type {
  DeviceProfile,
  EndedEvent,
  EventKey,
  EventKind,
  EventState,
  Interval,
  LiveEvent,
  Program,
  TerminalState,
} from './event.ts'
import { isAsked } from './responses.ts'
import type { FieldOwner, Schedule, ScheduleEffect } from './schedule.ts'

/** An event while one instant is worked out; its lists are replaced, never changed. */
export type DraftEvent = { -readonly [Name in keyof LiveEvent]: LiveEvent[Name] }

/** A schedule while one instant is worked out: a copy that only this package's functions see. */
export type Draft = {
  readonly kind: EventKind
  readonly device: DeviceProfile
  now: number
  programs: readonly Program[]
  readonly live: Map<EventKey, DraftEvent>
  readonly ended: Map<EventKey, EndedEvent>
  fields: Readonly<Record<string, FieldOwner>>
  readonly effects: ScheduleEffect[]
  /** Something happened that may move the planned intervals. */
  stale: boolean
}

export function openDraft({ kind, device, programs, events, ended, fields, settledAt }: Schedule): Draft {
  const live = new Map(events.map((event) => [event.key, { ...event }]))
  const over = new Map(ended.map((event) => [event.key, event]))
  return { kind, device, now: settledAt ?? 0, programs, live, ended: over, fields, effects: [], stale: false }
}

export function closeDraft({ kind, device, programs, live, ended, fields, now }: Draft): Schedule {
  const events = [...live.values()].toSorted((a, b) => a.specified[0] - b.specified[0] || (a.key < b.key ? -1 : 1))
  return { kind, device, programs, events, ended: [...ended.values()], fields, settledAt: now }
}

/** Moves an event to another state that is not the end. */
export function enter(draft: Draft, event: DraftEvent, state: EventState): void {
  event.state = state
  const { key, mRID, effective } = event
  draft.effects.push({ type: 'state', at: draft.now, event: key, mRID, state, effective })
}

/** What ends an event, and its last word if it has one. */
export type Ending = Readonly<{ state: TerminalState; status?: number; overrideDuration?: number }>

/** Ends an event that was alive; before its planned end, its neighbours have to be planned anew. */
export function end(draft: Draft, event: DraftEvent, ending: Ending): void {
  draft.live.delete(event.key)
  if (draft.now < event.effective[1]) draft.stale = true
  remember(draft, event, ending, event.effective)
}

/** Puts an event away as over, with the effective interval it had, null if it was never alive. */
export function remember(
  draft: Draft,
  event: DraftEvent,
  { state, ...last }: Ending,
  effective: Interval | null,
): void {
  event.state = state
  const until = Math.max(event.effective[1], event.specified[1])
  draft.ended.set(event.key, { key: event.key, state, effective, end: until })
  draft.effects.push({ type: 'state', at: draft.now, event: event.key, mRID: event.mRID, state, effective })
  if (last.status !== undefined) respond(draft, event, { ...last, status: last.status })
}

export function respond(
  draft: Draft,
  event: DraftEvent,
  response: { status: number; overrideDuration?: number },
): void {
  if (event.replyTo === null || !isAsked(event.asks, response.status)) return
  const { key, mRID, replyTo } = event
  draft.effects.push({ type: 'respond', at: draft.now, event: key, subject: mRID, replyTo, ...response })
}

/** The lowest primacy of the assigned programs the event was read through; the last known when none is left. */
export function primacyOf(programs: readonly Program[], ids: readonly string[], otherwise: number): number {
  const found = programs.filter(({ id }) => ids.includes(id)).map(({ primacy }) => primacy)
  return found.length > 0 ? Math.min(...found) : otherwise
}
