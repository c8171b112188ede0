import { cancelled, isLive } from '../domain/event-list.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { Editing, EventEngine, EventList } from '../loops/event-engine.ts'
import type { ResourceStore } from '../store/resources.ts'
import { assignmentsOf } from './assignments.ts'

export type WithdrawDeps = Readonly<{ store: Pick<ResourceStore, 'get' | 'page'>; events: EventEngine }>

/** Cancels what is meant for a device alone: its grants and the controls of its own program. What others share goes on. */
export async function withdrawEvents({ store, events }: WithdrawDeps, device: string): Promise<void> {
  const grants: EventList = { kind: 'FlowReservationResponse', parent: hrefs.flowResponses(device) }
  const controls = (await ownPrograms(store, device)).map((program): EventList => ({
    kind: 'DERControl',
    parent: hrefs.controls(program),
  }))
  await events.edit([grants, ...controls].map(cancelAll))
}

function cancelAll(list: EventList): Editing {
  return { list, edit: (rows, now) => ({ rows: rows.filter(isLive).map((row) => cancelled(row, now, { reason })) }) }
}

const reason = 'withdrawn'

/** The programs of the group that was made for this device and no other. */
async function ownPrograms(store: WithdrawDeps['store'], device: string): Promise<readonly string[]> {
  const assigned = await assignmentsOf(store, device)
  const groups = await Promise.all(assigned.map(({ body }) => store.get('Group', body.group)))
  const own = groups.filter((group) => group?.body.device === device)
  const pages = own.map((group) => store.page({ kind: 'DERProgram', parent: hrefs.programsOf(group?.href ?? '') }))
  return (await Promise.all(pages)).flatMap(({ rows }) => rows.map(({ href }) => href))
}
