import type { ControlStatus } from '@gridloom/contracts'
import { seconds } from '@gridloom/sep2030'
import { pastState, servedOf, type EventRow } from './event-list.ts'
import { EventState, latestEnd } from './event-status.ts'

const names: readonly ControlStatus[] = ['scheduled', 'active', 'cancelled', 'cancelled-randomly', 'superseded']

/** The word for the status of an event; one that ran to its end is completed, whatever its devices made of it. */
export function statusName({ state, body }: EventRow): ControlStatus {
  const { currentStatus } = body.EventStatus
  if (state === pastState && currentStatus <= EventState.active) return 'completed'
  return names[currentStatus] ?? 'completed'
}

/** When the status of an event began: a completed one was over when no device could still be running it. */
export function statusSince(row: EventRow): number {
  return statusName(row) === 'completed' ? latestEnd(servedOf(row)) : seconds(row.body.EventStatus.dateTime)
}
