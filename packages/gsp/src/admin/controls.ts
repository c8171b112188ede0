import {
  CancelControl,
  CancelControls,
  CancelledControls,
  Control,
  ControlQuery,
  NewControl,
  NewControls,
  pageOf,
  type PageOf,
} from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { statusName } from '../domain/control-status.ts'
import { hrefs } from '../domain/hrefs.ts'
import { assignedDevice, membersOf } from '../operations/assignments.ts'
import {
  cancelControl,
  cancelControls,
  planControl,
  publishControls,
  type ControlDeps,
  type PlannedControl,
} from '../operations/controls.ts'
import { programOfDevice, programOfGroup, type Made } from '../operations/programs.ts'
import { eachItem } from '../operations/refused-items.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { controlView } from './control-view.ts'
import { makingOf } from './groups.ts'
import { controlBy, deviceBy, groupBy, named, programBy } from './lookup.ts'

const params = z.object({ mRID: z.string() })

/** Controls: published, followed through their life and the responses of every device, cancelled. */
export function controlRoutes(app: JsonApp, context: AdminContext): void {
  const { store } = context
  const deps: ControlDeps = { ...context, profile: context.config.profile }
  const tags = ['controls']
  const viewOf = async (mRID: string): Promise<Control> => controlView(context, await controlBy(store, mRID), true)

  app.get(
    '/controls',
    {
      schema: {
        tags,
        summary: 'List controls with their status',
        querystring: ControlQuery,
        response: { 200: pageOf(Control) },
      },
    },
    ({ query }) => listControls(context, query),
  )
  app.post(
    '/controls',
    {
      schema: {
        tags,
        summary: 'Publish a control',
        description:
          'To a program, or to a group or a device: then to its strongest program (or the one of the given primacy), which is made when there is none.',
        body: NewControl,
        response: { 201: Control },
      },
    },
    async ({ body }, reply) => {
      const planned = await planControl(deps, { order: body, path: '', program: await placeOf(context, body, '') })
      const [mRID = ''] = await publishControls(deps, [planned])
      return reply
        .code(201)
        .header('location', `/controls/${mRID}`)
        .send(await viewOf(mRID))
    },
  )
  app.post(
    '/controls/batch',
    {
      schema: {
        tags,
        summary: 'Publish several controls in one write, all or none',
        description: 'When some cannot be, nothing is published and the issues name each of them by its place.',
        body: NewControls,
        response: { 201: z.object({ items: z.array(Control) }) },
      },
    },
    async ({ body: { controls } }, reply) => {
      const mRIDs = await publishControls(deps, await planAll(context, deps, controls))
      return reply.code(201).send({ items: await Promise.all(mRIDs.map(viewOf)) })
    },
  )
  app.post(
    '/controls/batch/cancel',
    {
      schema: {
        tags,
        summary: 'Cancel several controls in one write, as far as they are live',
        body: CancelControls,
        response: { 200: CancelledControls },
      },
    },
    async ({ body: { controls } }) => {
      const known = controls.map(async ({ mRID, randomize, reason }) => {
        const control = await store.find('DERControl', mRID)
        return control ? [{ control, randomly: randomize, ...(reason !== undefined && { reason }) }] : []
      })
      return { cancelled: [...(await cancelControls(deps, (await Promise.all(known)).flat()))] }
    },
  )
  app.get(
    '/controls/:mRID',
    { schema: { tags, summary: 'A control and the responses of every device', params, response: { 200: Control } } },
    ({ params: { mRID } }) => viewOf(mRID),
  )
  app.post(
    '/controls/:mRID/cancel',
    { schema: { tags, summary: 'Cancel a control', params, body: CancelControl, response: { 200: Control } } },
    async ({ params: { mRID }, body: { randomize, reason } }) => {
      const control = await controlBy(store, mRID)
      await cancelControl(deps, { control, randomly: randomize, ...(reason !== undefined && { reason }) })
      return viewOf(mRID)
    },
  )
}

/** Plans all orders, or tells of each one that cannot be; orders for the same group or device share what is made. */
async function planAll(
  context: AdminContext,
  deps: ControlDeps,
  orders: readonly NewControl[],
): Promise<readonly PlannedControl[]> {
  const made = new Map<string, Made<'DERProgram'>>()
  const taken = new Set<string>()
  return eachItem(orders, async (order, index) => {
    const path = `controls.${index}.`
    if (order.mRID !== undefined && taken.has(order.mRID)) {
      throw new SepError('invalid', `twice in the batch: "${order.mRID}"`, { path: `${path}mRID` })
    }
    if (order.mRID !== undefined) taken.add(order.mRID)
    const target = JSON.stringify([order.program, order.group, order.device, order.primacy])
    const program = made.get(target) ?? (await placeOf(context, order, path))
    made.set(target, program)
    return planControl(deps, { order, path, program })
  })
}

async function placeOf(context: AdminContext, order: NewControl, path: string): Promise<Made<'DERProgram'>> {
  const { store } = context
  const { program, group, device, primacy } = order
  if (program !== undefined) return { row: await named(`${path}program`, programBy(store, program)), changes: [] }
  if (group !== undefined)
    return programOfGroup(makingOf(context), await named(`${path}group`, groupBy(store, group)), primacy)
  return programOfDevice(makingOf(context), await named(`${path}device`, deviceBy(store, device ?? '')), primacy)
}

type ListQuery = z.infer<typeof ControlQuery>

async function listControls(context: AdminContext, query: ListQuery): Promise<PageOf<Control>> {
  const { start, limit, responses } = query
  const rows = await controlsOf(context, query)
  const page = rows.slice(start, start + limit)
  return { all: rows.length, items: await Promise.all(page.map((row) => controlView(context, row, responses))) }
}

async function controlsOf(
  { store }: AdminContext,
  { program, status, lfdi, past }: ListQuery,
): Promise<readonly Row<'DERControl'>[]> {
  const programs = program === undefined ? undefined : [(await named('program', programBy(store, program))).href]
  const reached = lfdi === undefined ? programs : await programsReaching({ store }, lfdi, programs)
  const lists = reached?.flatMap((href) => [hrefs.controls(href), ...(past ? [hrefs.pastControls(href)] : [])])
  const pages = lists
    ? await Promise.all(lists.map((parent) => store.page({ kind: 'DERControl', parent })))
    : [await store.page({ kind: 'DERControl' })]
  const rows = pages.flatMap((page) => page.rows)
  return rows
    .filter((row) => past || row.parent.endsWith(hrefs.controls('')))
    .filter((row) => status === undefined || statusName(row) === status)
    .toSorted(
      (a, b) => Number(b.body.creationTime) - Number(a.body.creationTime) || (a.body.mRID < b.body.mRID ? 1 : -1),
    )
}

/** The programs that a device is led to by its assignments now. */
async function programsReaching(
  { store }: Pick<AdminContext, 'store'>,
  lfdi: string,
  among: readonly string[] | undefined,
): Promise<readonly string[]> {
  const device = await named('lfdi', deviceBy(store, lfdi))
  const { rows } = await store.page({ kind: 'DERProgram' })
  const reaching = []
  for (const { href, parent } of rows) {
    const members = await membersOf(store, parent.slice(0, parent.lastIndexOf('/')))
    if (members.some((member) => assignedDevice(member) === device.href)) reaching.push(href)
  }
  return among ? reaching.filter((href) => among.includes(href)) : reaching
}
