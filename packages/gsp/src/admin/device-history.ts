import { DeviceReservation, LogEntry, pageOf, PageQuery, ResponseEntry, responseName } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { seconds } from '@gridloom/sep2030'
import { z } from 'zod'
import { pastOf } from '../domain/event-list.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { deviceBy, idOf } from './lookup.ts'
import { reservationView } from './reservation-view.ts'

const params = z.object({ device: z.string().describe('number or LFDI') })

/** What a device has told: its log, its responses, its flow reservations. */
export function deviceHistoryRoutes(app: JsonApp, context: AdminContext): void {
  const { store } = context
  const tags = ['devices']

  app.get(
    '/devices/:device/log-events',
    {
      schema: {
        tags,
        summary: 'Alarms and other log events',
        params,
        querystring: PageQuery,
        response: { 200: pageOf(LogEntry) },
      },
    },
    async ({ params: { device }, query }) => {
      const { href } = await deviceBy(store, device)
      const { all, rows } = await store.page({ kind: 'LogEvent', parent: hrefs.logEvents(href), ...query })
      return { all, items: rows.map(logEntry) }
    },
  )
  app.get(
    '/devices/:device/responses',
    {
      schema: {
        tags,
        summary: 'Responses to events, newest first',
        params,
        querystring: PageQuery,
        response: { 200: pageOf(ResponseEntry) },
      },
    },
    async ({ params: { device }, query }) => {
      const { href } = await deviceBy(store, device)
      const { all, rows } = await store.page({ kind: 'Response', parent: hrefs.responses(href), ...query })
      return { all, items: rows.map(responseEntry) }
    },
  )
  app.get(
    '/devices/:device/flow-reservations',
    {
      schema: {
        tags,
        summary: 'Flow reservation requests and their grants',
        params,
        querystring: PageQuery,
        response: { 200: pageOf(DeviceReservation) },
      },
    },
    async ({ params: { device }, query }) => {
      const { href } = await deviceBy(store, device)
      const rows = await requestsOf(store, href)
      const page = rows.slice(query.start, query.start + query.limit)
      return { all: rows.length, items: await Promise.all(page.map((row) => reservationView(store, row))) }
    },
  )
  app.get(
    '/flow-reservations',
    {
      schema: {
        tags: ['flow reservations'],
        summary: 'Flow reservations of all devices',
        querystring: PageQuery,
        response: { 200: pageOf(DeviceReservation) },
      },
    },
    async ({ query }) => {
      const { all, rows } = await store.page({ kind: 'FlowReservationRequest', ...query })
      return { all, items: await Promise.all(rows.map((row) => reservationView(store, row))) }
    },
  )
}

/** The requests of a device, also those whose window is over. */
async function requestsOf(
  store: AdminContext['store'],
  device: string,
): Promise<readonly Row<'FlowReservationRequest'>[]> {
  const list = hrefs.flowRequests(device)
  const pages = [list, pastOf(list)].map((parent) => store.page({ kind: 'FlowReservationRequest', parent }))
  return (await Promise.all(pages)).flatMap(({ rows }) => rows)
}

function logEntry({ href, body }: Row<'LogEvent'>): LogEntryView {
  return {
    id: idOf(href),
    created: seconds(body.createdDateTime),
    functionSet: body.functionSet,
    code: body.logEventCode,
    logEventID: body.logEventID,
    pen: body.logEventPEN,
    profile: body.profileID,
    ...(body.details !== undefined && { details: body.details }),
  }
}

type LogEntryView = z.infer<typeof LogEntry>

/** A response as the operator sees it. */
export function responseEntry({
  body: { endDeviceLFDI, subject, status = 0, createdDateTime },
}: Row<'Response'>): ResponseEntry {
  const time = createdDateTime === undefined ? {} : { time: seconds(createdDateTime) }
  return { lfdi: endDeviceLFDI.toUpperCase(), subject, status, name: responseName(status), ...time }
}
