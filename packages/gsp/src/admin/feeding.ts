import { responseName } from '@gridloom/contracts'
import type { GspEvent } from '@gridloom/contracts'
import type { Feed } from '@gridloom/kit'
import { statusName } from '../domain/control-status.ts'
import { pastState } from '../domain/event-list.ts'
import { RequestState } from '../domain/flow-request.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { Change, ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import { idOf } from './lookup.ts'

/** The same store, which tells the feed of every write once it is on the disk. */
export function feeding(store: ResourceStore, feed: Feed<GspEvent>, now: () => number): ResourceStore {
  return {
    ...store,
    write: async (changes) => {
      await store.write(changes)
      for (const change of changes) for (const event of eventsOf(change, now())) feed.publish(event)
    },
  }
}

function eventsOf(change: Change, at: number): readonly GspEvent[] {
  if ('create' in change) return rowEvents(change.create, at, true)
  if ('put' in change) return rowEvents(change.put, at, false)
  const gone = 'drop' in change ? change.drop : 'archive' in change ? change.archive : ''
  if (!gone.startsWith(`${hrefs.endDevices}/`) || gone.split('/').length !== 3) return []
  return [{ event: 'device', at, change: 'removed', device: idOf(gone) }]
}

function rowEvents(row: Row, at: number, isNew: boolean): readonly GspEvent[] {
  switch (row.kind) {
    case 'EndDevice': {
      const { lFDI } = row.body
      const device = { device: idOf(row.href), ...(lFDI === undefined ? {} : { lfdi: lFDI }) }
      return [{ event: 'device', at, change: isNew ? 'registered' : 'changed', ...device }]
    }
    case 'DERControl': {
      const { mRID, description } = row.body
      const status = statusName(row)
      // one that was cancelled or superseded said so before it left the list
      if (row.state === pastState && status !== 'completed') return []
      const program = idOf(row.parent.slice(0, row.parent.lastIndexOf('/')))
      return [{ event: 'control', at, mRID, program, status, ...(description === undefined ? {} : { description }) }]
    }
    case 'Response': {
      const { endDeviceLFDI, subject, status = 0 } = row.body
      return [{ event: 'response', at, lfdi: endDeviceLFDI, subject, status, name: responseName(status) }]
    }
    case 'FlowReservationRequest': {
      const withdrawn = row.body.RequestStatus.requestStatus === RequestState.withdrawn
      return [
        {
          event: 'flow-reservation',
          at,
          ...subjectOf(row, row.body.mRID),
          status: withdrawn ? 'withdrawn' : 'requested',
        },
      ]
    }
    case 'FlowReservationResponse': {
      const { mRID, subject } = row.body
      return [{ event: 'flow-reservation', at, ...subjectOf(row, subject), mRID, status: statusName(row) }]
    }
    case 'Standing': {
      const { subject, level, rule } = row.body
      return [{ event: 'trust', at, subject, level, ...(rule === undefined ? {} : { rule }) }]
    }
    default:
      return []
  }
}

function subjectOf({ parent }: Row, subject: string): Readonly<{ device: string; subject: string }> {
  return { device: parent.split('/')[2] ?? '', subject }
}
