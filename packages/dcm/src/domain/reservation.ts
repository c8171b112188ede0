import { toActivePower, type FlowReservationRequest, type Mrid } from '@gridloom/sep2030'
import { wholeWattHours } from './whole-watt-hours.ts'

/** A flow of energy that a person asked for, and how far the asking has come. */
export type Reservation = Readonly<{
  mRID: Mrid
  /** Above zero charges, below zero discharges. */
  energyWh: number
  powerW: number
  /** The window, in server time. */
  start: number
  windowSeconds: number
  overheadSeconds: number
  createdAt: number
  state: 'asking' | 'requested' | 'withdrawing' | 'withdrawn' | 'refused'
  /** Where the server keeps the request. */
  href?: string
}>

export type Wish = Pick<Reservation, 'energyWh' | 'powerW' | 'start' | 'windowSeconds' | 'overheadSeconds'>

// UInt16 on the wire.
const longestDuration = 65_535
// Reservations that are over stay in the list of the control port for a day.
const shownSeconds = 86_400

/** Seconds that the whole transfer takes at the asked power. */
export function transferSeconds({ energyWh, powerW, overheadSeconds }: Wish): number {
  return Math.ceil((3600 * Math.abs(energyWh)) / powerW) + overheadSeconds
}

/** What cannot be about a wish, before a server is bothered with it. */
export function faultOf(wish: Wish, now: number): string | undefined {
  const seconds = transferSeconds(wish)
  if (seconds > longestDuration)
    return `the transfer takes ${seconds} s, and no request may take more than ${longestDuration} s`
  if (seconds > wish.windowSeconds)
    return `the transfer takes ${seconds} s, and the window is only ${wish.windowSeconds} s long`
  if (wish.start + wish.windowSeconds <= now) return 'the window is over'
  return undefined
}

/** The request as the server is to hold it now: asked for, or withdrawn. */
export function requestOf(reservation: Reservation, now: number): FlowReservationRequest {
  const { mRID, createdAt, start, windowSeconds, powerW, energyWh, state } = reservation
  const isAsked = state === 'asking'
  return {
    mRID,
    description: 'flow reservation',
    creationTime: createdAt,
    durationRequested: transferSeconds(reservation),
    energyRequested: wholeWattHours(energyWh),
    intervalRequested: { duration: windowSeconds, start },
    powerRequested: toActivePower(powerW),
    RequestStatus: { dateTime: isAsked ? createdAt : now, requestStatus: isAsked ? 0 : 1 },
  }
}

/** Whether the device waits for a grant of it, or follows one: it then draws nothing of its own accord. */
export function isOpen({ state, start, windowSeconds }: Reservation, now: number): boolean {
  return (state === 'asking' || state === 'requested') && now < start + windowSeconds
}

export function isForgotten({ start, windowSeconds }: Reservation, now: number): boolean {
  return start + windowSeconds + shownSeconds <= now
}
