import {
  Device,
  DeviceChange,
  DeviceDetail,
  DeviceQuery,
  GroupMembership,
  NewDevice,
  pageOf,
  type PageOf,
} from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { z } from 'zod'
import { hrefs } from '../domain/hrefs.ts'
import { assign, assignedDevice, membersOf } from '../operations/assignments.ts'
import { removalOf } from '../store/devices.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { detailOf, deviceView } from './device-view.ts'
import { changedDevice, newDevice } from './device-changes.ts'
import { aggregatorBy, deviceBy, groupBy, named } from './lookup.ts'

const params = z.object({ device: z.string().describe('number or LFDI') })

/** End devices: out of band registration, what they reported, and their groups. */
export function deviceRoutes(app: JsonApp, context: AdminContext): void {
  const { store } = context
  const tags = ['devices']

  app.get(
    '/devices',
    { schema: { tags, summary: 'List devices', querystring: DeviceQuery, response: { 200: pageOf(Device) } } },
    ({ query }) => listDevices(context, query),
  )
  app.post(
    '/devices',
    { schema: { tags, summary: 'Register a device out of band', body: NewDevice, response: { 201: DeviceDetail } } },
    async ({ body }, reply) => {
      const { href, changes } = await newDevice(context, body)
      await store.write(changes)
      const device = await detailOf(context, await deviceBy(store, href.slice(hrefs.endDevices.length + 1)))
      return reply.code(201).header('location', `/devices/${device.id}`).send(device)
    },
  )
  app.get(
    '/devices/:device',
    { schema: { tags, summary: 'A device and what it reported', params, response: { 200: DeviceDetail } } },
    async ({ params: { device } }) => detailOf(context, await deviceBy(store, device)),
  )
  app.patch(
    '/devices/:device',
    { schema: { tags, summary: 'Change a device', params, body: DeviceChange, response: { 200: DeviceDetail } } },
    async ({ params: { device }, body }) => {
      await store.write(await changedDevice(context, await deviceBy(store, device), body))
      return detailOf(context, await deviceBy(store, device))
    },
  )
  app.delete(
    '/devices/:device',
    { schema: { tags, summary: 'Remove a device and all that it sent', params, response: { 204: z.null() } } },
    async ({ params: { device } }, reply) => {
      await store.write(await removalOf(store, await deviceBy(store, device)))
      return reply.code(204).send(null)
    },
  )
  app.put(
    '/devices/:device/groups',
    {
      schema: {
        tags,
        summary: 'Make a device a member of exactly these groups',
        params,
        body: GroupMembership,
        response: { 200: DeviceDetail },
      },
    },
    async ({ params: { device }, body }) => {
      const row = await deviceBy(store, device)
      const groups = await Promise.all(body.groups.map((group) => named('groups', groupBy(store, group))))
      await store.write(await assign(store, row, groups))
      return detailOf(context, row)
    },
  )
}

type ListQuery = z.infer<typeof DeviceQuery>

async function listDevices(context: AdminContext, query: ListQuery): Promise<PageOf<Device>> {
  const { all, rows } = await devicesOf(context, query)
  return { all, items: await Promise.all(rows.map((row) => deviceView(context, row))) }
}

async function devicesOf(
  { store }: AdminContext,
  { group, aggregator, start, limit }: ListQuery,
): Promise<Readonly<{ all: number; rows: readonly Row<'EndDevice'>[] }>> {
  if (group !== undefined) {
    const members = await membersOf(store, (await named('group', groupBy(store, group))).href)
    const page = members.slice(start, start + limit).map((member) => store.get('EndDevice', assignedDevice(member)))
    return { all: members.length, rows: (await Promise.all(page)).filter((row) => row !== undefined) }
  }
  const scope =
    aggregator === undefined ? {} : { scope: (await named('aggregator', aggregatorBy(store, aggregator))).href }
  return store.page({ kind: 'EndDevice', parent: hrefs.endDevices, ...scope, start, limit })
}
