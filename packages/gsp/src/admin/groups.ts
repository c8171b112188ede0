import { Group, GroupChange, NewGroup, pageOf, PageQuery, topologyLevels } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { hrefs } from '../domain/hrefs.ts'
import { assign, assignmentsOf, memberCount, membersOf } from '../operations/assignments.ts'
import { newGroup, removalOfGroup } from '../operations/programs.ts'
import { newRow } from '../store/new-row.ts'
import type { Change } from '../store/resources.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { deviceBy, groupBy, idOf, named } from './lookup.ts'

const params = z.object({ group: z.string().describe('number, mRID or name') })
const member = params.extend({ device: z.string().describe('number or LFDI') })
const nothing = z.null()

/** Groups: the levels of the topology, and who is a member. */
export function groupRoutes(app: JsonApp, context: AdminContext): void {
  const { store } = context
  const tags = ['groups']

  app.get(
    '/groups',
    { schema: { tags, summary: 'List groups', querystring: PageQuery, response: { 200: pageOf(Group) } } },
    async ({ query: { start, limit } }) => {
      const { all, rows } = await store.page({ kind: 'Group', parent: hrefs.groups, start, limit })
      return { all, items: await Promise.all(rows.map((row) => groupView(context, row))) }
    },
  )
  app.post(
    '/groups',
    { schema: { tags, summary: 'Make a group', body: NewGroup, response: { 201: Group } } },
    async ({ body: { parent, ...order } }, reply) => {
      const above = parent === undefined ? {} : { above: (await named('parent', groupBy(store, parent))).href }
      const { row, changes } = await newGroup(makingOf(context), { ...order, ...above })
      await store.write(changes)
      return reply
        .code(201)
        .header('location', `/groups/${idOf(row.href)}`)
        .send(await groupView(context, row))
    },
  )
  app.get(
    '/groups/:group',
    { schema: { tags, summary: 'A group', params, response: { 200: Group } } },
    async ({ params: { group } }) => groupView(context, await groupBy(store, group)),
  )
  app.patch(
    '/groups/:group',
    { schema: { tags, summary: 'Change a group', params, body: GroupChange, response: { 200: Group } } },
    async ({ params: { group }, body }) => {
      const row = await groupBy(store, group)
      await store.write(await changedGroup(context, row, body))
      return groupView(context, await groupBy(store, idOf(row.href)))
    },
  )
  app.delete(
    '/groups/:group',
    { schema: { tags, summary: 'Remove a group without programs', params, response: { 204: nothing } } },
    async ({ params: { group } }, reply) => {
      await store.write(await removalOfGroup(store, await groupBy(store, group)))
      return reply.code(204).send(null)
    },
  )
  app.put(
    '/groups/:group/devices/:device',
    { schema: { tags, summary: 'Make a device a member', params: member, response: { 204: nothing } } },
    async ({ params: { group, device } }, reply) => {
      const row = await deviceBy(store, device)
      const groups = await groupsOf(context, row)
      await store.write(await assign(store, row, [...groups, await groupBy(store, group)]))
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/groups/:group/devices/:device',
    { schema: { tags, summary: 'End a membership', params: member, response: { 204: nothing } } },
    async ({ params: { group, device } }, reply) => {
      const row = await deviceBy(store, device)
      const { href } = await groupBy(store, group)
      const assignment = (await assignmentsOf(store, row.href)).find(({ body }) => body.group === href)
      if (!assignment) throw new SepError('missing', `"${device}" is not a member of "${group}"`)
      await store.write([{ drop: assignment.href }])
      return reply.code(204).send(null)
    },
  )
}

export function makingOf({ store, makeMrid, clock }: AdminContext) {
  return { store, makeMrid, now: clock.exact() }
}

async function groupsOf({ store }: AdminContext, device: Row<'EndDevice'>): Promise<readonly Row<'Group'>[]> {
  const assigned = await assignmentsOf(store, device.href)
  const groups = await Promise.all(assigned.map(({ body }) => store.get('Group', body.group)))
  return groups.filter((group) => group !== undefined)
}

async function groupView({ store }: AdminContext, { href, body }: Row<'Group'>): Promise<Group> {
  const { name, mRID, level, above } = body
  const programs = await store.page({ kind: 'DERProgram', parent: hrefs.programsOf(href) })
  const known = topologyLevels.find((each) => each === level)
  return {
    id: idOf(href),
    name,
    mRID,
    ...(known && { level: known }),
    ...(above !== undefined && { parent: idOf(above) }),
    devices: await memberCount(store, href),
    programs: programs.rows.map((program) => idOf(program.href)),
  }
}

type Changing = z.infer<typeof GroupChange>

/** A new name is told to the members too: it describes their assignments. */
async function changedGroup(
  context: AdminContext,
  row: Row<'Group'>,
  { name, level, parent }: Changing,
): Promise<readonly Change[]> {
  const { store } = context
  const { above: old, ...kept } = row.body
  const above =
    parent === undefined ? old : parent === null ? undefined : (await named('parent', groupBy(store, parent))).href
  if (above !== undefined) await requireNoCycle(context, row.href, above)
  const version = (row.body.version ?? 0) + 1
  const body = {
    ...kept,
    version,
    ...(name !== undefined && { name }),
    ...(level && { level }),
    ...(above !== undefined && { above }),
  }
  const change: Change = { put: newRow('Group', row, body) }
  if (name === undefined) return [change]
  const members = await membersOf(store, row.href)
  const renamed = members.map((assigned): Change => ({
    put: newRow('FunctionSetAssignments', assigned, { ...assigned.body, description: name, version }),
  }))
  return [change, ...renamed]
}

async function requireNoCycle({ store }: AdminContext, group: string, above: string): Promise<void> {
  let href: string | undefined = above
  while (href !== undefined) {
    if (href === group) throw new SepError('conflict', 'a group cannot be above itself', { path: 'parent' })
    href = (await store.get('Group', href))?.body.above
  }
}
