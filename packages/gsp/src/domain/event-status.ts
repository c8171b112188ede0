import { isNewer, overlapOf, type Claim } from './supersession.ts'

/** EventStatus.currentStatus (function-sets, 1.1). */
export const EventState = { scheduled: 0, active: 1, cancelled: 2, cancelledRandomly: 3, superseded: 4 } as const

export type Status = Readonly<{
  currentStatus: number
  dateTime: number
  potentiallySuperseded: boolean
  potentiallySupersededTime?: number
  reason?: string
}>

/** An event of one program as the server sees it; absent randomization is 0. */
export type ServedEvent = Claim & Readonly<{ randomizeStart: number; randomizeDuration: number; status: Status }>

export type Change = Readonly<{ kind: 'status'; mRID: string; status: Status } | { kind: 'ended'; mRID: string }>

/** What is due by now, and when something is due next. */
export type Advance = Readonly<{ changes: readonly Change[]; nextAt: number | undefined }>

function earliestStart({ start, randomizeStart }: ServedEvent): number {
  return start + Math.min(0, randomizeStart)
}

/** The end no device can outlast: until then the event stays listed. */
export function latestEnd({ start, duration, randomizeStart, randomizeDuration }: ServedEvent): number {
  return start + Math.max(0, randomizeStart) + duration + Math.max(0, randomizeDuration)
}

function isLive({ status }: ServedEvent): boolean {
  return status.currentStatus === EventState.scheduled || status.currentStatus === EventState.active
}

/** The status of an event at its creation, before the first advance. */
export function createdStatus(now: number): Status {
  return { currentStatus: EventState.scheduled, dateTime: now, potentiallySuperseded: false }
}

/** The status of an event the operator cancels; undefined when it is not live any more. */
export function cancelledStatus(event: ServedEvent, now: number, randomly: boolean): Status | undefined {
  if (!isLive(event) || latestEnd(event) <= now) return undefined
  const randomized = event.randomizeStart !== 0 || event.randomizeDuration !== 0
  const currentStatus = randomly && randomized ? EventState.cancelledRandomly : EventState.cancelled
  return { ...event.status, currentStatus, dateTime: Math.max(now, event.status.dateTime) }
}

/** Brings the events of one program up to now; each status carries the moment it was due, so a late call loses nothing. */
export function advance(events: readonly ServedEvent[], now: number): Advance {
  const current = new Map(events.map((event) => [event.mRID, event]))
  flagOverlaps(current)
  startDue(current, now)
  const changes = events.flatMap((event) => changeOf(event, current.get(event.mRID) ?? event, now))
  return { changes, nextAt: nextMoment([...current.values()], now) }
}

type Current = Map<string, ServedEvent>

function flagOverlaps(current: Current): void {
  const live = [...current.values()].filter(isLive)
  for (const event of live.filter(({ status }) => !status.potentiallySuperseded)) {
    const rivals = live.filter((other) => isNewer(other, event) && overlapOf(event, other) !== 'none')
    if (rivals.length === 0) continue
    const potentiallySupersededTime = Math.min(...rivals.map(({ creationTime }) => creationTime))
    current.set(event.mRID, {
      ...event,
      status: { ...event.status, potentiallySuperseded: true, potentiallySupersededTime },
    })
  }
}

function startDue(current: Current, now: number): void {
  const started = [...current.values()].filter((event) => isLive(event) && startMoment(event) <= now)
  for (const { mRID } of started.toSorted(byMomentThenNewest)) {
    const event = current.get(mRID)
    if (!event || !isLive(event)) continue
    const moment = startMoment(event)
    enter(current, event, EventState.active, moment)
    supersedeBy(current, event, moment)
  }
}

// a superseded event supersedes nobody: it is skipped above (D12)
function supersedeBy(current: Current, winner: ServedEvent, moment: number): void {
  for (const event of current.values()) {
    const runs = isLive(event) && moment < latestEnd(event)
    if (runs && isNewer(winner, event) && overlapOf(event, winner) === 'full')
      enter(current, event, EventState.superseded, Math.max(moment, event.status.dateTime))
  }
}

function enter(current: Current, event: ServedEvent, currentStatus: number, dateTime: number): void {
  if (event.status.currentStatus === currentStatus) return
  current.set(event.mRID, { ...event, status: { ...event.status, currentStatus, dateTime } })
}

function changeOf(before: ServedEvent, after: ServedEvent, now: number): readonly Change[] {
  const status: readonly Change[] = before === after ? [] : [{ kind: 'status', mRID: after.mRID, status: after.status }]
  return latestEnd(after) <= now ? [...status, { kind: 'ended', mRID: after.mRID }] : status
}

function nextMoment(events: readonly ServedEvent[], now: number): number | undefined {
  const moments = events.flatMap((event) =>
    isLive(event) ? [earliestStart(event), latestEnd(event)] : [latestEnd(event)],
  )
  const ahead = moments.filter((moment) => moment > now)
  return ahead.length === 0 ? undefined : Math.min(...ahead)
}

// an event created late starts at its creation; never is a status dated into the future
function startMoment(event: ServedEvent): number {
  return event.status.currentStatus === EventState.active
    ? event.status.dateTime
    : Math.max(earliestStart(event), event.creationTime)
}

function byMomentThenNewest(a: ServedEvent, b: ServedEvent): number {
  return startMoment(a) - startMoment(b) || (isNewer(a, b) ? -1 : 1)
}
