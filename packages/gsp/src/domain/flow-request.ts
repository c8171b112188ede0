import { scaled, seconds, unscaled, type Scaled } from '@gridloom/sep2030'
import type { FlowReservationRequest, FlowReservationResponse } from '@gridloom/sep2030'
import type { FlowRequest, Grant } from './allotment.ts'
import { powerOf } from './control-fields.ts'
import { createdStatus } from './event-status.ts'

/** RequestStatus.requestStatus. */
export const RequestState = { requested: 0, withdrawn: 1 } as const

/** A request in plain units; the power is read as a magnitude. */
export function flowRequestOf(request: FlowReservationRequest): FlowRequest {
  const { mRID, creationTime, durationRequested, energyRequested, intervalRequested, powerRequested } = request
  return {
    mRID,
    creationTime: seconds(creationTime),
    start: seconds(intervalRequested.start),
    duration: intervalRequested.duration,
    energyWh: unscaled(energyRequested),
    powerW: Math.abs(unscaled(powerRequested)),
    ...(durationRequested === undefined ? {} : { durationRequested }),
  }
}

/** What is wrong with a new request, if anything: no energy or power, or a window that is over or too short. */
export function faultOf(request: FlowReservationRequest, now: number): string | undefined {
  const { energyWh, powerW, start, duration, durationRequested = 0 } = flowRequestOf(request)
  const { requestStatus } = request.RequestStatus
  if (energyWh === 0) return 'energyRequested is 0'
  if (powerW === 0) return 'powerRequested is 0'
  if (duration < durationRequested) return `a window of ${duration} s is shorter than durationRequested`
  if (start + duration <= now) return 'the window is in the past'
  if (!Object.values<number>(RequestState).includes(requestStatus)) return `requestStatus is "${requestStatus}"`
  return undefined
}

/** The grant an event carries, in plain units. */
export function grantOf({ subject, interval, energyAvailable, powerAvailable }: FlowReservationResponse): Grant {
  const { start, duration } = interval
  const energyWh = unscaled(energyAvailable)
  return { subject, start: seconds(start), duration, energyWh, powerW: unscaled(powerAvailable) }
}

/** The event that tells a device its grant. */
export function grantEvent(grant: Grant, mRID: string, now: number): FlowReservationResponse {
  const { subject, start, duration, energyWh, powerW } = grant
  return {
    responseRequired: '03',
    mRID,
    version: 0,
    creationTime: now,
    EventStatus: createdStatus(now),
    interval: { duration, start },
    energyAvailable: energyOf(energyWh),
    powerAvailable: powerOf(powerW),
    subject,
  }
}

function energyOf(wattHours: number): Scaled {
  return scaled(wattHours, { min: -(2 ** 47), max: 2 ** 47 - 1, from: Number.isInteger(wattHours) ? 0 : -9 })
}
