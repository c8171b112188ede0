import type {
  Controls,
  DeviceProfile,
  EndedEvent,
  EventCopy,
  EventKey,
  EventKind,
  EventState,
  Interval,
  LiveEvent,
  Program,
} from './event.ts'

const rememberedSeconds = 24 * 3600

/** Who rules a control field: running events (several only for connect and energize), or a program's default; else nobody. */
export type FieldOwner =
  | Readonly<{ kind: 'event'; events: readonly EventKey[]; value: unknown }>
  | Readonly<{ kind: 'default'; program: string; value: unknown }>

/** One device's events of one kind: a plain JSON value that is kept across restarts. */
export type Schedule = Readonly<{
  kind: EventKind
  device: DeviceProfile
  programs: readonly Program[]
  events: readonly LiveEvent[]
  ended: readonly EndedEvent[]
  /** The ruler of each field; a field without one is absent. */
  fields: Readonly<Record<string, FieldOwner>>
  /** The last instant that was worked through; null before the first. */
  settledAt: number | null
}>

/** What happened, in the order of the list; all that came in one poll belongs into one `advance`. */
export type ScheduleInput =
  /** A copy of an event was read, for the first time or again. An event missing from a list is no input (D23). */
  | Readonly<{ type: 'see'; copy: EventCopy }>
  /** All programs that a server assigns now, with their primacy and default; those gone are removed (D18). */
  | Readonly<{ type: 'programs'; server: string; programs: readonly Program[] }>
  | Readonly<{ type: 'removeProgram'; program: string }>
  /** The user leaves or joins an event (D19), overrides a running EndDeviceControl or gives it back (D20). */
  | Readonly<{ type: 'optOut' | 'optIn' | 'override' | 'resume'; event: EventKey }>
  /** The device's answer to an `apply` effect (D22). */
  | Readonly<{ type: 'accepted' | 'refused'; event: EventKey }>
  /** The process was down since the last instant: what fell into the gap was not carried out. Comes first in its list. */
  | Readonly<{ type: 'restart' }>

/** What is to be done, in order. */
export type ScheduleEffect =
  /** Post a Response; it was asked for by responseRequired and there is a replyTo. */
  | ResponseEffect
  /** An event changed its state. */
  | Readonly<{
      type: 'state'
      at: number
      event: EventKey
      mRID: string
      state: EventState
      effective: Interval | null
    }>
  /** A control field has a new ruler or a new value; null: the device's own default. */
  | Readonly<{ type: 'field'; at: number; field: string; owner: FieldOwner | null }>
  /** Bring the device to the present fields and answer `accepted` or `refused` (only for a device that confirms). */
  | Readonly<{ type: 'apply'; at: number; event: EventKey; controls: Controls }>

export type ResponseEffect = Readonly<{
  type: 'respond'
  /** createdDateTime. */
  at: number
  event: EventKey
  /** The mRID that goes into `subject`. */
  subject: string
  status: number
  replyTo: string
  overrideDuration?: number
}>

/** An empty schedule for one device and one kind of event. */
export function createSchedule(options: {
  kind: EventKind
  device: DeviceProfile
  programs?: readonly Program[]
}): Schedule {
  const { kind, device, programs = [] } = options
  return { kind, device, programs, events: [], ended: [], fields: {}, settledAt: null }
}

/** Drops what is over for longer than a server lists it, so that a schedule does not grow for ever. */
export function forget(schedule: Schedule, now: number): Schedule {
  const ended = schedule.ended.filter(({ end }) => end + rememberedSeconds > now)
  return ended.length === schedule.ended.length ? schedule : { ...schedule, ended }
}

/** The instant at which time alone will change something; null: never. */
export function nextInstant(events: Iterable<LiveEvent>): number | null {
  let next = Number.POSITIVE_INFINITY
  for (const { begun, effective, stopAt, tryAt } of events) {
    next = Math.min(next, begun ? effective[1] : effective[0], stopAt ?? next, tryAt ?? next)
  }
  return Number.isFinite(next) ? next : null
}
