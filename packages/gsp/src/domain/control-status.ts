import type { ControlStatus } from '@gridloom/contracts'
import { pastState, type EventRow } from './event-list.ts'
import { EventState } from './event-status.ts'

const names: readonly ControlStatus[] = ['scheduled', 'active', 'cancelled', 'cancelled-randomly', 'superseded']

/** The word for the status of an event; one that ran to its end is completed, whatever its devices made of it. */
export function statusName({ state, body }: EventRow): ControlStatus {
  const { currentStatus } = body.EventStatus
  if (state === pastState && currentStatus <= EventState.active) return 'completed'
  return names[currentStatus] ?? 'completed'
}
