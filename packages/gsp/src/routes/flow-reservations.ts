import {
  FlowReservationRequest,
  FlowReservationRequestList,
  FlowReservationResponse,
  FlowReservationResponseList,
  SepError,
} from '@gridloom/sep2030'
import { scopeOf } from '../domain/access.ts'
import { limitReached } from '../domain/error-document.ts'
import { faultOf, RequestState } from '../domain/flow-request.ts'
import { hrefs } from '../domain/hrefs.ts'
import { isSameRequest, updatedRequest } from '../domain/repeated-request.ts'
import { fullMrid, newRow } from '../store/new-row.ts'
import { createRetention, type Retention } from '../store/retention.ts'
import type { Row } from '../store/row.ts'
import { attributesOf, countOf, plainView, rowsShown } from './list.ts'
import { deviceOf, found, ofOwnDevice } from './visit-rules.ts'
import { shown, type Stored, type Visit, type Wire } from './wire.ts'

/** Requests of large flexible devices, and the grants that the server's allotment answers them with. */
export function flowReservationRoutes(wire: Wire): void {
  serveRequests(wire)
  serveGrants(wire)
}

function serveRequests(wire: Wire): void {
  const list = hrefs.flowRequests('/edev/:device')
  const retain = createRetention({ kind: 'FlowReservationRequest', keep: wire.config.limits.flowRequestsPerDevice })
  wire.serve({
    path: list,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href } = await deviceOf(visit)
      const query = { kind: 'FlowReservationRequest', parent: hrefs.flowRequests(href) } as const
      return rowsShown(wire, visit, { element: FlowReservationRequestList, query, view: plainView })
    },
    POST: (visit) => postRequest(wire, visit, retain),
  })
  wire.serve({
    path: `${list}/:request`,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href, body } = found(visit, await visit.read.get('FlowReservationRequest', visit.path))
      return shown(FlowReservationRequest, { ...body, href })
    },
    PUT: async (visit) => {
      const known = found(visit, await visit.read.get('FlowReservationRequest', visit.path))
      const body = updatedRequest(known.body, visit.decode(FlowReservationRequest))
      const row = newRow('FlowReservationRequest', known, body)
      if (row.state === RequestState.withdrawn) await wire.reservations.withdraw(row)
      else await wire.store.write([{ put: row }])
      return { status: 204 }
    },
  })
}

async function postRequest({ store, reservations, config }: Wire, visit: Visit, retain: Retention): Promise<Stored> {
  const { href: _href, ...request } = visit.decode(FlowReservationRequest)
  const known = await visit.read.find('FlowReservationRequest', fullMrid(request.mRID))
  if (known) return repeated(visit, known, request)

  const fault = faultOf(request, visit.now)
  if (fault !== undefined) throw new SepError('invalid', fault)
  const { href: device, scope } = await deviceOf(visit)
  const parent = hrefs.flowRequests(device)
  const states = [RequestState.requested]
  const open = await countOf(visit.read, { kind: 'FlowReservationRequest', parent, states })
  if (open >= config.limits.openFlowRequestsPerDevice) {
    throw new SepError('invalid', `no more than ${open} open requests`, { rule: limitReached })
  }
  const href = `${parent}/${await store.nextId(parent)}`
  const row = newRow('FlowReservationRequest', { href, parent, scope }, request)
  await reservations.ask(row, retain(parent, 1))
  return { status: 201, location: href }
}

/** The same request again confirms it; another one under its mRID is refused. */
function repeated(
  { caller }: Visit,
  { href, scope, body }: Row<'FlowReservationRequest'>,
  request: FlowReservationRequest,
): Stored {
  if (scope !== scopeOf(caller)) throw new SepError('forbidden', `not your request: "${request.mRID}"`)
  if (!isSameRequest(body, request)) throw new SepError('invalid', `another request has this mRID: "${request.mRID}"`)
  return { status: 204, location: href }
}

function serveGrants(wire: Wire): void {
  const list = hrefs.flowResponses('/edev/:device')
  wire.serve({
    path: list,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href } = await deviceOf(visit)
      const query = { kind: 'FlowReservationResponse', parent: hrefs.flowResponses(href) } as const
      return rowsShown(wire, visit, {
        element: FlowReservationResponseList,
        query,
        view: (row) => grantView(row, href),
      })
    },
  })
  wire.serve({
    path: `${list}/:grant`,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href } = await deviceOf(visit)
      const row = found(visit, await visit.read.get('FlowReservationResponse', visit.path))
      // one that is over has left the list
      const listed = found(visit, row.parent === hrefs.flowResponses(href) ? row : undefined)
      const attributes = await attributesOf(wire, visit, 'FlowReservationResponse')
      return shown(FlowReservationResponse, { ...grantView(listed, href), ...attributes })
    },
  })
}

function grantView({ href, body }: Row<'FlowReservationResponse'>, device: string): FlowReservationResponse {
  return { ...body, href, ...(body.responseRequired !== undefined && { replyTo: hrefs.responses(device) }) }
}
