import {
  DERControlResponse,
  DrResponse,
  FlowReservationResponseResponse,
  PriceResponse,
  Response,
  ResponseList,
  ResponseSet,
  ResponseSetList,
  TextResponse,
  type AnyResponse,
  type Element,
} from '@gridloom/sep2030'
import { scopeOf } from '../domain/access.ts'
import { acceptResponse, type EventKind } from '../domain/accept-response.ts'
import { hrefs } from '../domain/hrefs.ts'
import { derivedMrid } from '../domain/derived-mrid.ts'
import { fullMrid, newRow, responseKey } from '../store/new-row.ts'
import { createRetention, type Retention } from '../store/retention.ts'
import type { Row } from '../store/row.ts'
import { countOf, listShown, pagingOf, plainView, rowsShown } from './list.ts'
import { deviceOf, found, ofOwnDevice } from './visit-rules.ts'
import { shown, type Stored, type Visit, type Wire } from './wire.ts'

const kinds = { Response, DERControlResponse, DrResponse, PriceResponse, TextResponse, FlowReservationResponseResponse }

/** What devices answer to events: the one set of each device is where `replyTo` leads. */
export function responseRoutes(wire: Wire): void {
  const { config } = wire
  const retain = createRetention({ kind: 'Response', keep: config.limits.responsesPerDevice })
  const sets = hrefs.responseSets('/edev/:device')

  wire.serve({
    path: sets,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { start, limit } = pagingOf(wire, visit, 'ResponseSetList')
      const members = [await setView(wire, visit)].slice(start, start + limit)
      return listShown(wire, visit, ResponseSetList, { all: 1, members })
    },
  })
  wire.serve({
    path: `${sets}/1`,
    target: ofOwnDevice,
    GET: async (visit) => shown(ResponseSet, await setView(wire, visit)),
  })
  wire.serve({
    path: `${sets}/1/rsp`,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href } = await deviceOf(visit)
      const query = { kind: 'Response', parent: hrefs.responses(href) } as const
      return rowsShown(wire, visit, { element: ResponseList, query, view: plainView })
    },
    POST: (visit) => postResponse(wire, visit, retain),
  })
  wire.serve({
    path: `${sets}/1/rsp/:response`,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href, body } = found(visit, await visit.read.get('Response', visit.path))
      const { $type, ...response } = { $type: 'Response' as const, ...body }
      return shown<Response>(kinds[$type], { ...response, href })
    },
  })
}

async function postResponse({ store }: Wire, visit: Visit, retain: Retention): Promise<Stored> {
  const { root, value } = visit.decodeOne<Response>(Object.values<Element<Response>>(kinds))
  const event = await eventOf(visit, value.subject)
  const isOwnDevice = await isOwn(visit, value.endDeviceLFDI)
  const { flagged } = acceptResponse(value, { event, isOwnDevice })
  const known = await visit.read.find('Response', responseKey(value))
  if (known) return { status: 204, location: known.href }

  const { href: device, scope } = await deviceOf(visit)
  const parent = hrefs.responses(device)
  const href = `${parent}/${await store.nextId(parent)}`
  const body = (root === 'Response' ? value : { ...value, $type: root }) as AnyResponse
  const row = { ...newRow('Response', { href, parent, scope }, body), state: flagged ? 1 : 0 }
  await store.write([{ create: row }, ...retain(parent, 1)])
  return { status: 201, location: href }
}

/** The kind of event that has this mRID, also when it has left its list; a grant must be one of the caller's own. */
async function eventOf({ read, caller }: Visit, subject: string): Promise<EventKind | undefined> {
  const key = fullMrid(subject)
  if (await read.find('DERControl', key)) return 'DERControl'
  const grant = await read.find('FlowReservationResponse', key)
  return grant && grant.scope === scopeOf(caller) ? 'FlowReservationResponse' : undefined
}

async function isOwn({ read, caller }: Visit, lfdi: string): Promise<boolean> {
  const named = lfdi.toUpperCase()
  if (named === caller.lfdi) return true
  const device = await read.find('EndDevice', named)
  return device !== undefined && device.scope === scopeOf(caller)
}

async function setView({ config }: Wire, visit: Visit): Promise<ResponseSet> {
  const { href }: Row<'EndDevice'> = await deviceOf(visit)
  const responses = hrefs.responses(href)
  return {
    href: `${hrefs.responseSets(href)}/1`,
    mRID: derivedMrid(config, responses),
    ResponseListLink: { href: responses, all: await countOf(visit.read, { kind: 'Response', parent: responses }) },
  }
}
