import { SepError, type FlowReservationRequest } from '@gridloom/sep2030'
import { RequestState } from './flow-request.ts'

/** What a request becomes when its maker puts it again: only its status may change, and a withdrawal is final. */
export function updatedRequest(known: FlowReservationRequest, put: FlowReservationRequest): FlowReservationRequest {
  const { requestStatus } = put.RequestStatus
  if (!isSameRequest(known, put)) throw new SepError('invalid', 'only RequestStatus may change: withdraw and ask anew')
  if (!Object.values<number>(RequestState).includes(requestStatus)) {
    throw new SepError('invalid', `not a requestStatus: "${requestStatus}"`)
  }
  const withdrawn = known.RequestStatus.requestStatus === RequestState.withdrawn
  if (withdrawn && requestStatus !== RequestState.withdrawn) throw new SepError('invalid', 'the request is withdrawn')
  return { ...known, RequestStatus: put.RequestStatus, version: ((known.version ?? 0) + 1) % 65_536 }
}

/** Whether two requests ask for the same, whatever their status. */
export function isSameRequest(a: FlowReservationRequest, b: FlowReservationRequest): boolean {
  return JSON.stringify(wishOf(a)) === JSON.stringify(wishOf(b))
}

function wishOf(request: FlowReservationRequest): readonly unknown[] {
  const { mRID, creationTime, durationRequested, energyRequested, powerRequested, intervalRequested } = request
  return [
    mRID.toUpperCase(),
    String(creationTime),
    durationRequested,
    energyRequested.multiplier,
    energyRequested.value,
    powerRequested.multiplier,
    powerRequested.value,
    String(intervalRequested.start),
    intervalRequested.duration,
  ]
}
