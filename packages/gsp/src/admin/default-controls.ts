import { DefaultControl, DefaultControlFields } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { DefaultDERControl, encode, SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { plainControls, plainSettings, wireControls, wireSettings } from '../domain/control-fields.ts'
import { hrefs } from '../domain/hrefs.ts'
import { curvesFor } from '../operations/controls.ts'
import { newRow } from '../store/new-row.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { curveNames } from './control-view.ts'
import { programBy } from './lookup.ts'

const params = z.object({ program: z.string().describe('number, mRID or description') })

/** The default control of a program: what holds while no event is active. */
export function defaultControlRoutes(app: JsonApp, context: AdminContext): void {
  const { store } = context
  const tags = ['default controls']
  const path = '/programs/:program/default-control'

  app.get(
    path,
    { schema: { tags, summary: 'What holds while no control is active', params, response: { 200: DefaultControl } } },
    async ({ params: { program } }) => viewOf(context, await existing(context, program)),
  )
  app.put(
    path,
    {
      schema: {
        tags,
        summary: 'Set the default control',
        params,
        body: DefaultControlFields,
        response: { 200: DefaultControl },
      },
    },
    async ({ params: { program }, body }) => {
      const { href } = await programBy(store, program)
      const row = await defaultRow(context, href, body)
      await store.write([{ put: row }])
      return viewOf(context, row)
    },
  )
  app.delete(
    path,
    { schema: { tags, summary: 'Remove the default control', params, response: { 204: z.null() } } },
    async ({ params: { program } }, reply) => {
      await store.write([{ drop: (await existing(context, program)).href }])
      return reply.code(204).send(null)
    },
  )
}

type DefaultRow = Row<'DefaultDERControl'>

async function existing({ store }: AdminContext, program: string): Promise<DefaultRow> {
  const { href } = await programBy(store, program)
  const row = await store.get('DefaultDERControl', hrefs.defaultControl(href))
  if (!row) throw new SepError('missing', `the program has no default control: "${program}"`)
  return row
}

async function defaultRow(context: AdminContext, program: string, order: DefaultControlFields): Promise<DefaultRow> {
  const { store, config, makeMrid, clock } = context
  const href = hrefs.defaultControl(program)
  const known = (await store.get('DefaultDERControl', href))?.body
  const { controls, description, ...settings } = order
  const curves = await curvesFor(store, program, { fields: controls, path: '' })
  const body: DefaultDERControl = {
    mRID: known?.mRID ?? makeMrid(clock.exact()),
    version: known ? ((known.version ?? 0) + 1) % 65_536 : 0,
    DERControlBase: wireControls(controls, curves),
    ...wireSettings(settings),
    ...(description !== undefined && { description }),
  }
  requireValid(body, config.profile)
  return newRow('DefaultDERControl', { href, parent: program }, body)
}

function requireValid(body: DefaultDERControl, profile: AdminContext['config']['profile']): void {
  try {
    encode(DefaultDERControl, body, { profile })
  } catch (error) {
    if (!(error instanceof SepError)) throw error
    const steps = error.path?.split('/').slice(2) ?? []
    const path = steps[0] === 'DERControlBase' ? ['controls', ...steps.slice(1)] : steps
    throw new SepError('invalid', error.message, { path: path.join('.'), cause: error })
  }
}

async function viewOf({ store }: AdminContext, { parent, body }: DefaultRow): Promise<DefaultControl> {
  const { mRID, version = 0, description, DERControlBase } = body
  return {
    mRID,
    version,
    ...(description !== undefined && { description }),
    controls: plainControls(DERControlBase, await curveNames(store, parent)),
    ...plainSettings(body),
  }
}
