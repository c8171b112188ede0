import { seconds, type DERControl, type EventStatus, type FlowReservationResponse } from '@gridloom/sep2030'
import type { ServedEvent, Status } from './event-status.ts'
import { allCategories } from './supersession.ts'

/** A control as the event rules see it: its fields are the modes it sets. */
export function servedControl(control: DERControl): ServedEvent {
  const { deviceCategory, randomizeStart = 0, randomizeDuration = 0 } = control
  return {
    ...claimOf(control),
    categories: deviceCategory === undefined ? allCategories : Number.parseInt(deviceCategory, 16),
    fields: fieldsOf(control),
    randomizeStart,
    randomizeDuration,
  }
}

/** A flow reservation grant as the event rules see it: grants of one request are about the same thing. */
export function servedGrant(grant: FlowReservationResponse): ServedEvent {
  const always = { categories: allCategories, randomizeStart: 0, randomizeDuration: 0 }
  return { ...claimOf(grant), ...always, fields: [grant.subject] }
}

/** The same event with another status; what is published of it stays, its version rises. */
export function withStatus<E extends DERControl | FlowReservationResponse>(event: E, status: Status): E {
  return { ...event, version: ((event.version ?? 0) + 1) % 65_536, EventStatus: status }
}

// a ramp time only says how a mode is reached; alone it is all there is to claim
function fieldsOf({ DERControlBase }: DERControl): readonly string[] {
  const modes = Object.keys(DERControlBase).filter((field) => field !== 'rampTms')
  return modes.length > 0 ? modes : ['rampTms']
}

function claimOf({ mRID, creationTime, interval, EventStatus }: DERControl | FlowReservationResponse) {
  const { start, duration } = interval
  return { mRID, creationTime: seconds(creationTime), start: seconds(start), duration, status: statusOf(EventStatus) }
}

function statusOf({ dateTime, potentiallySupersededTime, ...status }: EventStatus): Status {
  const flagged =
    potentiallySupersededTime === undefined ? {} : { potentiallySupersededTime: seconds(potentiallySupersededTime) }
  return { ...status, dateTime: seconds(dateTime), ...flagged }
}
