import type { Clock } from '@gridloom/kit'
import { allot, type Capacity, type Grant, type Placement } from '../domain/allotment.ts'
import { cancelled, type EventRow } from '../domain/event-list.ts'
import { EventState } from '../domain/event-status.ts'
import { flowRequestOf, grantEvent, grantOf, RequestState } from '../domain/flow-request.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { MakeMrid } from '../domain/mrids.ts'
import { replan, type Held } from '../domain/replan.ts'
import { servedGrant } from '../domain/served-event.ts'
import { isNewer } from '../domain/supersession.ts'
import type { EventEngine, EventList } from '../loops/event-engine.ts'
import { newRow } from '../store/new-row.ts'
import type { Change, ResourceStore } from '../store/resources.ts'
import type { Group, Row } from '../store/row.ts'
import { levelRank } from './topology.ts'

/** Answers flow reservation requests with events (function-sets, 3). */
export type Reservations = Readonly<{
  /** Keeps a new request and grants what fits, in one write with what else belongs to it. */
  ask(request: Row<'FlowReservationRequest'>, beside?: readonly Change[]): Promise<void>
  /** Keeps a withdrawn request and cancels its grants, in one write. */
  withdraw(request: Row<'FlowReservationRequest'>): Promise<void>
  /** Publishes newer grants for those that the capacity of a group no longer carries, or that it now could. */
  retune(group: string): Promise<void>
}>

export type ReservationDeps = Readonly<{
  store: ResourceStore
  events: EventEngine
  clock: Clock
  makeMrid: MakeMrid
  placement: Placement
}>

type Request = Row<'FlowReservationRequest'>
type GrantRow = Row<'FlowReservationResponse'>

export function createReservations({ store, events, clock, makeMrid, placement }: ReservationDeps): Reservations {
  const grantRow = async (request: Request, grant: Grant, now: number): Promise<GrantRow> => {
    const { parent } = grantsOf(request)
    const body = grantEvent(grant, makeMrid(clock.exact()), now)
    return newRow(
      'FlowReservationResponse',
      { href: `${parent}/${await store.nextId(parent)}`, parent, scope: request.scope },
      body,
    )
  }

  const capacityOf = async (request: Request): Promise<Capacity | undefined> => {
    const group = await nearestLimited(store, deviceOf(request))
    if (!group?.body.capacity) return undefined
    const rows = await liveGrants(store, group.href)
    return { steps: group.body.capacity, granted: rows.map(({ body }) => grantOf(body)) }
  }

  const ask = (request: Request, beside: readonly Change[] = []): Promise<void> =>
    events.edit([
      {
        list: grantsOf(request),
        edit: async (_rows, now) => {
          const [grant] = allot([flowRequestOf(request.body)], await capacityOf(request), now, placement)
          const rows = grant ? [await grantRow(request, grant, now)] : []
          return { rows, beside: [{ create: request }, ...beside] }
        },
      },
    ])

  const withdraw = (request: Request): Promise<void> =>
    events.edit([
      {
        list: grantsOf(request),
        edit: (rows, now) => ({
          rows: rows.filter((row) => isLive(row) && isAbout(row, request)).map((row) => cancelled(row, now)),
          beside: [{ put: request }],
        }),
      },
    ])

  const regrant = (request: Request, group: string): Promise<void> =>
    events.edit([
      {
        list: grantsOf(request),
        edit: async (rows, now) => {
          const live = rows.filter((row) => isLive(row) && isAbout(row, request))
          const outcome = replan(heldOf(request, live), await roomFor(request, group), now, placement)
          if (!outcome) return { rows: [] }
          const over = outcome.cancelsHeld ? live.map((row) => cancelled(row, now)) : []
          return { rows: [...over, await grantRow(request, outcome.grant, now)] }
        },
      },
    ])

  /** What the group has besides this request's own grants. */
  const roomFor = async (request: Request, group: string): Promise<Capacity | undefined> => {
    const capacity = await capacityOf(request)
    const others = (await liveGrants(store, group)).filter((row) => !isAbout(row, request))
    return capacity && { ...capacity, granted: others.map(({ body }) => grantOf(body)) }
  }

  const retune = async (group: string): Promise<void> => {
    const now = clock.now()
    const requests = await openRequests(store, group, now)
    for (const request of requests) await regrant(request, group)
  }

  return { ask, withdraw, retune }
}

function deviceOf({ parent }: Request): string {
  return parent.slice(0, parent.lastIndexOf('/'))
}

function grantsOf(request: Request): EventList {
  return { kind: 'FlowReservationResponse', parent: hrefs.flowResponses(deviceOf(request)) }
}

function isAbout(row: EventRow, { body }: Request): boolean {
  return row.kind === 'FlowReservationResponse' && row.body.subject === body.mRID
}

function isLive({ state }: EventRow): boolean {
  return state === EventState.scheduled || state === EventState.active
}

function heldOf({ body }: Request, live: readonly EventRow[]): Held {
  const grants = live.flatMap((row) => (row.kind === 'FlowReservationResponse' ? [row] : []))
  const last = grants.toSorted((a, b) => (isNewer(servedGrant(a.body), servedGrant(b.body)) ? 1 : -1)).at(-1)
  return { request: flowRequestOf(body), grant: last && grantOf(last.body) }
}

/** Of the device's groups with a capacity profile, the one nearest to the device. */
async function nearestLimited(store: ResourceStore, device: string): Promise<Row<'Group'> | undefined> {
  const { rows } = await store.page({ kind: 'FunctionSetAssignments', parent: hrefs.assignments(device) })
  const groups = await Promise.all(rows.map(({ body }) => store.get('Group', body.group)))
  const limited = groups.filter((group) => group !== undefined).filter(({ body }) => body.capacity !== undefined)
  return limited.toSorted((a, b) => rankOf(b.body) - rankOf(a.body))[0]
}

function rankOf({ level }: Group): number {
  return levelRank(level)
}

async function devicesOf(store: ResourceStore, group: string): Promise<readonly string[]> {
  const { rows } = await store.page({ kind: 'FunctionSetAssignments', keyPrefix: `${group} ` })
  return rows.map(({ parent }) => parent.slice(0, parent.lastIndexOf('/')))
}

async function liveGrants(store: ResourceStore, group: string): Promise<readonly GrantRow[]> {
  const states = [EventState.scheduled, EventState.active]
  const pages = (await devicesOf(store, group)).map((device) =>
    store.page({ kind: 'FlowReservationResponse', parent: hrefs.flowResponses(device), states }),
  )
  return (await Promise.all(pages)).flatMap(({ rows }) => rows)
}

async function openRequests(store: ResourceStore, group: string, now: number): Promise<readonly Request[]> {
  const pages = (await devicesOf(store, group)).map((device) =>
    store.page({
      kind: 'FlowReservationRequest',
      parent: hrefs.flowRequests(device),
      states: [RequestState.requested],
    }),
  )
  const open = (await Promise.all(pages))
    .flatMap(({ rows }) => rows)
    .filter(({ body }) => {
      const { start, duration } = body.intervalRequested
      return Number(start) + duration > now
    })
  return open.toSorted((a, b) => slack(a) - slack(b) || Number(a.body.creationTime) - Number(b.body.creationTime))
}

function slack({ body }: Request): number {
  return body.intervalRequested.duration - (body.durationRequested ?? 0)
}
