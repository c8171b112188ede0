import { bySlack, type Capacity, type Grant } from '../domain/allotment.ts'
import { EventState } from '../domain/event-status.ts'
import { flowRequestOf, grantOf, RequestState } from '../domain/flow-request.ts'
import { hrefs } from '../domain/hrefs.ts'
import { servedGrant } from '../domain/served-event.ts'
import { isNewer } from '../domain/supersession.ts'
import type { ResourceStore } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import { assignedDevice, assignmentsOf, membersOf } from './assignments.ts'
import { levelRank } from './topology.ts'

type Store = Pick<ResourceStore, 'get' | 'page'>
type RequestRow = Row<'FlowReservationRequest'>
type GrantRow = Row<'FlowReservationResponse'>

/** Whose grants count against a group: all, or those of some requests. */
export type Counting = (subject: string) => boolean

/** What the nearest of a device's groups with a capacity profile has, and what of it is promised. */
export async function capacityFor(store: Store, device: string, counts: Counting): Promise<Capacity | undefined> {
  const assigned = await assignmentsOf(store, device)
  const groups = (await Promise.all(assigned.map(({ body }) => store.get('Group', body.group)))).filter(
    (group) => group !== undefined,
  )
  const limited = groups.filter(({ body }) => body.capacity !== undefined)
  const [nearest] = limited.toSorted((a, b) => levelRank(b.body.level) - levelRank(a.body.level))
  if (!nearest?.body.capacity) return undefined
  const grants = await liveGrants(store, nearest.href)
  return { steps: nearest.body.capacity, granted: inForce(grants.filter(({ body }) => counts(body.subject))) }
}

/** The requests of a group that still may get something, the one with the least slack first. */
export async function openRequests(store: Store, group: string, now: number): Promise<readonly RequestRow[]> {
  const states = [RequestState.requested]
  const pages = (await membersOf(store, group)).map((member) =>
    store.page({ kind: 'FlowReservationRequest', parent: hrefs.flowRequests(assignedDevice(member)), states }),
  )
  const rows = (await Promise.all(pages)).flatMap((page) => page.rows)
  const asked = rows.map((row) => ({ row, request: flowRequestOf(row.body) }))
  const open = asked.filter(({ request: { start, duration } }) => start + duration > now)
  return open.toSorted((a, b) => bySlack(a.request, b.request)).map(({ row }) => row)
}

/** The grants as they will be carried out: a newer one of the same request cuts the one before it short. */
function inForce(rows: readonly GrantRow[]): readonly Grant[] {
  const newestFirst = rows.toSorted((a, b) => (isNewer(servedGrant(a.body), servedGrant(b.body)) ? -1 : 1))
  const kept: Grant[] = []
  for (const { body } of newestFirst) {
    const grant = grantOf(body)
    const starts = kept.filter(({ subject }) => subject === grant.subject).map(({ start }) => start)
    const end = Math.min(grant.start + grant.duration, ...starts)
    if (end > grant.start) kept.push({ ...grant, duration: end - grant.start })
  }
  return kept
}

async function liveGrants(store: Store, group: string): Promise<readonly GrantRow[]> {
  const states = [EventState.scheduled, EventState.active]
  const pages = (await membersOf(store, group)).map((member) =>
    store.page({ kind: 'FlowReservationResponse', parent: hrefs.flowResponses(assignedDevice(member)), states }),
  )
  return (await Promise.all(pages)).flatMap((page) => page.rows)
}
