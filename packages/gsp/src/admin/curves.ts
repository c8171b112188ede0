import { Curve, NewCurve, PageQuery, pageOf } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { DERCurve, encode, seconds, SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { plainCurve, wireCurve } from '../domain/curve.ts'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { programBy } from './lookup.ts'

const params = z.object({ program: z.string().describe('number, mRID or description') })
const one = params.extend({ mRID: z.string() })

/** The curves of a program: volt-var and its like, which controls name by mRID. */
export function curveRoutes(app: JsonApp, context: AdminContext): void {
  const { store } = context
  const tags = ['curves']
  const path = '/programs/:program/curves'

  app.get(
    path,
    { schema: { tags, summary: 'List curves', params, querystring: PageQuery, response: { 200: pageOf(Curve) } } },
    async ({ params: { program }, query }) => {
      const parent = hrefs.curves((await programBy(store, program)).href)
      const { all, rows } = await store.page({ kind: 'DERCurve', parent, ...query })
      return { all, items: rows.map(viewOf) }
    },
  )
  app.post(
    path,
    { schema: { tags, summary: 'Make a curve', params, body: NewCurve, response: { 201: Curve } } },
    async ({ params: { program }, body }, reply) => {
      const row = await curveRow(context, (await programBy(store, program)).href, body)
      await store.write([{ create: row }])
      return reply.code(201).header('location', `/programs/${program}/curves/${row.body.mRID}`).send(viewOf(row))
    },
  )
  app.get(
    `${path}/:mRID`,
    { schema: { tags, summary: 'A curve', params: one, response: { 200: Curve } } },
    async ({ params: { program, mRID } }) => viewOf(await curveBy(context, program, mRID)),
  )
  app.delete(
    `${path}/:mRID`,
    { schema: { tags, summary: 'Remove a curve that no control uses', params: one, response: { 204: z.null() } } },
    async ({ params: { program, mRID } }, reply) => {
      const curve = await curveBy(context, program, mRID)
      await requireUnused(context, curve)
      await store.write([{ drop: curve.href }])
      return reply.code(204).send(null)
    },
  )
}

type CurveRow = Row<'DERCurve'>

async function curveRow(
  { store, makeMrid, clock, config }: AdminContext,
  program: string,
  order: NewCurve,
): Promise<CurveRow> {
  const mRID = order.mRID ?? makeMrid(clock.exact())
  if (await store.find('DERCurve', mRID)) throw new SepError('conflict', `the mRID is taken: "${mRID}"`)
  const body: DERCurve = { mRID, version: 0, creationTime: clock.now(), ...wireCurve(order) }
  encode(DERCurve, body, { profile: config.profile })
  const parent = hrefs.curves(program)
  return newRow('DERCurve', { href: `${parent}/${await store.nextId(parent)}`, parent }, body)
}

async function curveBy({ store }: AdminContext, program: string, mRID: string): Promise<CurveRow> {
  const { href } = await programBy(store, program)
  const curve = await store.find('DERCurve', mRID.toUpperCase())
  if (curve?.parent !== hrefs.curves(href)) throw new SepError('missing', `the program has no curve "${mRID}"`)
  return curve
}

async function requireUnused({ store }: AdminContext, { href, parent, body }: CurveRow): Promise<void> {
  const program = parent.slice(0, parent.lastIndexOf('/'))
  const controls = await store.page({ kind: 'DERControl', parent: hrefs.controls(program) })
  const fallback = await store.get('DefaultDERControl', hrefs.defaultControl(program))
  const users = [...controls.rows, ...(fallback ? [fallback] : [])]
  const isUsed = users.some((user) => Object.values(user.body.DERControlBase).some((mode) => leadsTo(mode, href)))
  if (isUsed) throw new SepError('conflict', `a control uses the curve: "${body.mRID}"`)
}

function leadsTo(mode: unknown, href: string): boolean {
  return typeof mode === 'object' && mode !== null && 'href' in mode && mode.href === href
}

function viewOf({ href, body }: CurveRow): Curve {
  const { mRID, version, creationTime } = body
  return { mRID, href, ...(version !== undefined && { version }), created: seconds(creationTime), ...plainCurve(body) }
}
