/** The four kinds of events that are scheduled; one schedule holds one kind. */
export type EventKind = 'DERControl' | 'EndDeviceControl' | 'TimeTariffInterval' | 'FlowReservationResponse'

export type Controls = Readonly<Record<string, unknown>>

/** Start and end in seconds of server time, half open. */
export type Interval = readonly [start: number, end: number]

/** One reading of an event, as a server shows it; everything but `status` is taken from the first reading only. */
export type EventCopy = Readonly<{
  /** Which host the event comes from; with the mRID it names the event. */
  server: string
  mRID: string
  /** The id of the program it was read through; absent for flow reservations. */
  program?: string
  creationTime: number
  start: number
  duration: number
  randomizeStart?: number
  randomizeDuration?: number
  status: Readonly<{ currentStatus: number; dateTime: number }>
  /** Hex bitmap; absent asks for nothing. */
  responseRequired?: string
  /** Where responses go; absent means that none is sent. */
  replyTo?: string
  /** Hex bitmap; absent means every device. */
  deviceCategory?: string
  /**
   * DERControl: the elements of DERControlBase with plain values (a percentage in hundredths; FixedVar may be its object);
   * EndDeviceControl: the control elements present; tariff: touTier and price; flow reservation: energyWh and powerW.
   */
  controls: Controls
  /** EndDeviceControl: the seconds a user may override it. */
  overrideDuration?: number
  /** TimeTariffInterval: what the rate component prices; components that price the same thing share this name. */
  component?: string
  /** FlowReservationResponse: the mRID of the request. */
  subject?: string
}>

/** What the random source gave an event, once: signed offsets of start and duration, and the delay of a randomized cancel. */
export type Draws = Readonly<{ start: number; duration: number; cancel: number }>

/** What the controlled device is and can follow. */
export type DeviceProfile = Readonly<{
  lfdi: string
  /** Hex bitmap of the categories it belongs to. */
  deviceCategory?: string
  /** The DERControlBase fields it can follow; absent: all. */
  modes?: readonly string[]
  /** The EndDeviceControl elements it can follow; absent: all. */
  drlc?: readonly string[]
  /** True when the device answers each start by `accepted` or `refused`; status 2 then waits for that answer. */
  confirms?: boolean
}>

/** A program (or tariff profile) assigned to the device; `id` is unique among all servers. */
export type Program = Readonly<{ id: string; server: string; mRID: string; primacy: number; default?: Controls }>

/** Names an event for its whole life: server and mRID. */
export type EventKey = string

export type TerminalState = 'Completed' | 'Cancelled' | 'Superseded' | 'Aborted' | 'Expired' | 'Rejected' | 'Ignored'
export type EventState = 'Scheduled' | 'Active' | 'OptedOut' | TerminalState

/** An event on its way, as the schedule keeps it. */
export type LiveEvent = Readonly<{
  key: EventKey
  server: string
  /** In full length and upper case. */
  mRID: string
  state: EventState
  /** The programs it was read through, and the lowest primacy of those still assigned. */
  programs: readonly string[]
  primacy: number
  creationTime: number
  /** EventStatus.dateTime of the first copy. */
  dateTime: number
  /** As the server specified it. */
  specified: Interval
  /** As this device drew it, before neighbours move it. */
  drawn: Interval
  randomizeStart: number
  randomizeDuration: number
  cancelDelay: number
  /** responseRequired as a number; 0 without a replyTo. */
  asks: number
  replyTo: string | null
  /** The fields it still holds or will hold, and what the device follows of its controls. */
  fields: readonly string[]
  controls: Controls
  overrideDuration: number
  /** As planned now; `ownEnd` is the end without the stretch towards a successor. */
  effective: Interval
  ownEnd: number
  planned: boolean
  /** The effective start has come: it does not move any more. */
  begun: boolean
  /** Opted out at present; was out for a part of its interval. */
  out: boolean
  missed: boolean
  /** Status 2 is due to this event and was given, whether or not the server wants to hear it. */
  announced: boolean
  /** Cancelled with randomization, or superseded by the server: running on for a while. */
  stopping: 'Cancelled' | 'Superseded' | null
  stopAt: number | null
  /** A running user override began; seconds of those that are over. */
  overriddenSince: number | null
  overridden: number
  /** The device refused the set point; when to try again. */
  refused: boolean
  tryAt: number | null
}>

/** What is remembered of an event that is over, so that reading it again answers nothing. */
export type EndedEvent = Readonly<{
  key: EventKey
  state: TerminalState
  /** As last planned while it was alive; null if it never was. */
  effective: Interval | null
  /** When the server is sure to have dropped it. */
  end: number
}>

/** Names an event by its host and its mRID in full length and upper case. */
export function keyOf({ server, mRID }: Pick<EventCopy, 'server' | 'mRID'>): EventKey {
  return `${server}/${fullMrid(mRID)}`
}

/** An mRID at its full 32 digits: some peers strip leading zeros. */
export function fullMrid(mRID: string): string {
  return mRID.toUpperCase().padStart(32, '0')
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a[0] < b[1] && b[0] < a[1]
}

export function sharesField(a: LiveEvent, b: LiveEvent): boolean {
  return a.fields.some((field) => b.fields.includes(field))
}

/** The fields that both events hold. */
export function commonFields(a: LiveEvent, b: LiveEvent): readonly string[] {
  return a.fields.filter((field) => b.fields.includes(field))
}
