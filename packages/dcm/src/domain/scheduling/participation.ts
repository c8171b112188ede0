import { enter, respond, type Draft, type DraftEvent, type Ending } from './draft.ts'
import type { LiveEvent } from './event.ts'

/** The user leaves the event, before or while it runs (D19). */
export function optOut(draft: Draft, event: DraftEvent): void {
  if (event.out) return
  closeOverride(event, draft.now)
  event.out = true
  event.missed ||= event.begun
  event.tryAt = null
  draft.stale = true
  enter(draft, event, 'OptedOut')
  respond(draft, event, { status: 4 })
}

/** The user comes back: to a scheduled event, or to one whose time has come, which then starts with the others (D12). */
export function optIn(draft: Draft, event: DraftEvent): void {
  if (!event.out) return
  event.out = false
  draft.stale = true
  if (!event.begun) enter(draft, event, 'Scheduled')
  respond(draft, event, { status: 5 })
}

/** The user overrides a running EndDeviceControl (D20): it goes on, but rules nothing. */
export function override({ kind, now }: Draft, event: DraftEvent): void {
  if (kind !== 'EndDeviceControl' || event.state !== 'Active') return
  event.overriddenSince ??= now
}

/** The user gives an overridden EndDeviceControl back. */
export function resume({ now }: Draft, event: DraftEvent): void {
  closeOverride(event, now)
}

/** How an event that reaches its end is completed: by what the user and the device made of it (D19, D20, D22). */
export function completion(event: LiveEvent, now: number): Ending {
  const state = 'Completed'
  if (event.refused) return { state }
  if (!event.announced) return { state, status: 10 }
  if (event.out) return { state, status: 8 }
  if (event.missed) return { state, status: 9 }
  const overridden = event.overridden + (event.overriddenSince === null ? 0 : now - event.overriddenSince)
  if (overridden === 0) return { state, status: 3 }
  return { state, status: overridden <= event.overrideDuration ? 8 : 10, overrideDuration: overridden }
}

function closeOverride(event: DraftEvent, now: number): void {
  if (event.overriddenSince === null) return
  event.overridden += now - event.overriddenSince
  event.overriddenSince = null
}
