import type { DeviceReservation } from '@gridloom/contracts'
import { seconds } from '@gridloom/sep2030'
import { statusName, statusSince } from '../domain/control-status.ts'
import { pastOf, pastState } from '../domain/event-list.ts'
import { flowRequestOf, grantOf, RequestState } from '../domain/flow-request.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import { idOf } from './lookup.ts'

/** A flow reservation with all that was ever granted for it. */
export async function reservationView(
  store: Pick<ResourceStore, 'get' | 'page'>,
  { parent, body }: Row<'FlowReservationRequest'>,
): Promise<DeviceReservation> {
  const device = parent.slice(0, parent.lastIndexOf('/'))
  const { mRID, creationTime, energyWh, powerW, start, duration, durationRequested } = flowRequestOf(body)
  return {
    mRID,
    device: idOf(device),
    lfdi: (await store.get('EndDevice', device))?.body.lFDI ?? '',
    ...(body.description !== undefined && { description: body.description }),
    created: creationTime,
    start,
    duration,
    ...(durationRequested !== undefined && { durationRequested }),
    energyWh,
    powerW,
    status: body.RequestStatus.requestStatus === RequestState.withdrawn ? 'withdrawn' : 'requested',
    grants: (await grantsFor(store, device, mRID)).map(grantView),
  }
}

type GrantRow = Row<'FlowReservationResponse'>

async function grantsFor(
  store: Pick<ResourceStore, 'page'>,
  device: string,
  subject: string,
): Promise<readonly GrantRow[]> {
  const list = hrefs.flowResponses(device)
  const pages = [list, pastOf(list)].map((parent) => store.page({ kind: 'FlowReservationResponse', parent }))
  return (await Promise.all(pages))
    .flatMap(({ rows }) => rows)
    .filter(({ body }) => body.subject === subject)
    .toSorted(byAge)
}

// mRIDs of one second rise too
function byAge({ body: a }: GrantRow, { body: b }: GrantRow): number {
  return Number(a.creationTime) - Number(b.creationTime) || (a.mRID < b.mRID ? -1 : 1)
}

function grantView(row: GrantRow): DeviceReservation['grants'][number] {
  const { start, duration, energyWh, powerW } = grantOf(row.body)
  const { mRID, creationTime } = row.body
  return {
    mRID,
    created: seconds(creationTime),
    start,
    duration,
    energyWh,
    powerW,
    status: statusName(row),
    since: statusSince(row),
    listed: row.state !== pastState,
  }
}
