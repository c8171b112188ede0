import { SepError, type DERControl, type FlowReservationResponse } from '@gridloom/sep2030'
import type { Row } from '../store/row.ts'
import { advance, cancelledStatus, EventState, type Change, type ServedEvent } from './event-status.ts'
import { servedControl, servedGrant, withStatus } from './served-event.ts'

/** A kept event: those of one list are the scope in which they supersede each other. */
export type EventRow = Row<'DERControl'> | Row<'FlowReservationResponse'>

/** The state of a row that is over, beyond those a client may see: its status stays as it last was. */
export const pastState = 5

/** The events of a list brought up to a moment. */
export type Settled = Readonly<{ rows: readonly EventRow[]; nextAt: number | undefined }>

/** Makes what is due by now: a changed row is a new object, one that is over moves to the list of the past. */
export function settle(rows: readonly EventRow[], now: number): Settled {
  const { changes, nextAt } = advance(rows.map(servedOf), now)
  const perEvent = Map.groupBy(changes, ({ mRID }) => mRID)
  return { rows: rows.map((row) => (perEvent.get(row.body.mRID) ?? []).reduce(changed, row)), nextAt }
}

/** Whether an event is scheduled or active: it can still be cancelled. */
export function isLive({ state }: EventRow): boolean {
  return state === EventState.scheduled || state === EventState.active
}

/** The row of an event that the operator cancels; refused when it is not live any more. */
export function cancelled(row: EventRow, now: number, { randomly = false, reason }: CancelOptions = {}): EventRow {
  const status = row.state === pastState ? undefined : cancelledStatus(servedOf(row), now, randomly)
  if (!status) throw new SepError('conflict', `not scheduled or active any more: "${row.body.mRID}"`)
  return changed(row, {
    kind: 'status',
    mRID: row.body.mRID,
    status: reason === undefined ? status : { ...status, reason },
  })
}

export type CancelOptions = Readonly<{ randomly?: boolean; reason?: string }>

/** The list of events that are over, beside the one they were in: their responses are still taken. */
export function pastOf(list: string): string {
  return `${list.slice(0, list.lastIndexOf('/'))}/past`
}

/** A kept event as the rules see it. */
export function servedOf(row: EventRow): ServedEvent {
  return row.kind === 'DERControl' ? servedControl(row.body) : servedGrant(row.body)
}

function changed(row: EventRow, change: Change): EventRow {
  switch (change.kind) {
    case 'status':
      return row.kind === 'DERControl'
        ? { ...row, state: change.status.currentStatus, body: withStatus<DERControl>(row.body, change.status) }
        : {
            ...row,
            state: change.status.currentStatus,
            body: withStatus<FlowReservationResponse>(row.body, change.status),
          }
    case 'ended':
      return { ...row, state: pastState, parent: pastOf(row.parent) }
    default:
      return change satisfies never
  }
}
