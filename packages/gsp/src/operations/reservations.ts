import type { Clock } from '@gridloom/kit'
import { allot, isRefusal, type Grant, type Placement } from '../domain/allotment.ts'
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
import type { Row } from '../store/row.ts'
import { capacityFor, openRequests, type Counting } from './group-capacity.ts'

/** Answers flow reservation requests with events (function-sets, 3). */
export type Reservations = Readonly<{
  /** Keeps a new request and grants what fits, in one write with what else belongs to it. */
  ask(request: Row<'FlowReservationRequest'>, beside?: readonly Change[]): Promise<void>
  /** Keeps a withdrawn request and cancels its grants, in one write. */
  withdraw(request: Row<'FlowReservationRequest'>): Promise<void>
  /** Publishes newer grants for those that the capacity of a group no longer carries, or that it now could. */
  retune(group: string): Promise<void>
  /** Grants what a device asked for while nothing was granted to it. */
  reconsider(device: string): Promise<void>
}>

export type ReservationDeps = Readonly<{
  store: ResourceStore
  events: EventEngine
  clock: Clock
  makeMrid: MakeMrid
  placement: Placement
  /** Whether a device may be granted anything now. */
  mayGrant?: (device: string) => Promise<boolean>
}>

type Request = Row<'FlowReservationRequest'>
type GrantRow = Row<'FlowReservationResponse'>

const everyone: Counting = () => true

export function createReservations(deps: ReservationDeps): Reservations {
  const { store, events, clock, makeMrid, placement, mayGrant = async () => true } = deps
  const grantRow = async (request: Request, grant: Grant, now: number): Promise<GrantRow> => {
    const { parent } = grantsOf(request)
    const body = grantEvent(grant, makeMrid(clock.exact()), now)
    return newRow(
      'FlowReservationResponse',
      { href: `${parent}/${await store.nextId(parent)}`, parent, scope: request.scope },
      body,
    )
  }

  const ask = (request: Request, beside: readonly Change[] = []): Promise<void> =>
    events.edit([
      {
        list: grantsOf(request),
        edit: async (_rows, now) => {
          const asked = (await mayGrant(deviceOf(request))) ? [flowRequestOf(request.body)] : []
          const capacity = await capacityFor(store, deviceOf(request), everyone)
          const [grant] = allot(asked, capacity, now, placement)
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

  const regrant = (request: Request, counts: Counting): Promise<void> =>
    events.edit([
      {
        list: grantsOf(request),
        edit: async (rows, now) => {
          const live = rows.filter((row) => isLive(row) && isAbout(row, request))
          const capacity = await capacityFor(store, deviceOf(request), counts)
          const held = heldOf(request, live)
          const isMore = !held.grant || isRefusal(held.grant)
          if (isMore && !(await mayGrant(deviceOf(request)))) return { rows: [] }
          const outcome = replan(held, capacity, now, placement)
          if (!outcome) return { rows: [] }
          const over = outcome.cancelsHeld ? live.map((row) => cancelled(row, now)) : []
          return { rows: [...over, await grantRow(request, outcome.grant, now)] }
        },
      },
    ])

  // each in its turn finds what those before it have left
  const retune = async (group: string): Promise<void> => {
    const served = new Set<string>()
    for (const request of await openRequests(store, group, clock.now())) {
      await regrant(request, (subject) => served.has(subject))
      served.add(request.body.mRID)
    }
  }

  const reconsider = async (device: string): Promise<void> => {
    const states = [RequestState.requested]
    const { rows } = await store.page({ kind: 'FlowReservationRequest', parent: hrefs.flowRequests(device), states })
    for (const request of rows) await regrant(request, everyone)
  }

  return { ask, withdraw, retune, reconsider }
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
