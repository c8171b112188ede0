import { NewProgram, pageOf, Program, ProgramChange, ProgramQuery } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { z } from 'zod'
import { hrefs } from '../domain/hrefs.ts'
import { newProgram } from '../operations/programs.ts'
import { newRow } from '../store/new-row.ts'
import type { Row } from '../store/row.ts'
import type { AdminContext } from './context.ts'
import { makingOf } from './groups.ts'
import { groupBy, idOf, named, programBy } from './lookup.ts'

const params = z.object({ program: z.string().describe('number, mRID or description') })

/** Programs: what the members of a group are shown, in the order of its primacy. */
export function programRoutes(app: JsonApp, context: AdminContext): void {
  const { store, events } = context
  const tags = ['programs']

  app.get(
    '/programs',
    { schema: { tags, summary: 'List programs', querystring: ProgramQuery, response: { 200: pageOf(Program) } } },
    async ({ query: { group, start, limit } }) => {
      const below =
        group === undefined ? {} : { parent: hrefs.programsOf((await named('group', groupBy(store, group))).href) }
      const { all, rows } = await store.page({ kind: 'DERProgram', ...below, start, limit })
      return { all, items: rows.map(programView) }
    },
  )
  app.post(
    '/programs',
    { schema: { tags, summary: 'Make a program', body: NewProgram, response: { 201: Program } } },
    async ({ body: { group, ...order } }, reply) => {
      const { row, changes } = await newProgram(makingOf(context), await named('group', groupBy(store, group)), order)
      await store.write(changes)
      return reply
        .code(201)
        .header('location', `/programs/${idOf(row.href)}`)
        .send(programView(row))
    },
  )
  app.get(
    '/programs/:program',
    { schema: { tags, summary: 'A program', params, response: { 200: Program } } },
    async ({ params: { program } }) => programView(await programBy(store, program)),
  )
  app.patch(
    '/programs/:program',
    { schema: { tags, summary: 'Change or move a program', params, body: ProgramChange, response: { 200: Program } } },
    async ({ params: { program }, body: { group, description, primacy } }) => {
      const row = await programBy(store, program)
      const parent =
        group === undefined ? row.parent : hrefs.programsOf((await named('group', groupBy(store, group))).href)
      const version = ((row.body.version ?? 0) + 1) % 65_536
      const changed = {
        ...row.body,
        version,
        ...(description !== undefined && { description }),
        ...(primacy !== undefined && { primacy }),
      }
      const next = newRow('DERProgram', { ...row, parent }, changed)
      await store.write([{ put: next }])
      return programView(next)
    },
  )
  app.delete(
    '/programs/:program',
    { schema: { tags, summary: 'Remove a program with all its controls', params, response: { 204: z.null() } } },
    async ({ params: { program } }, reply) => {
      const { href } = await programBy(store, program)
      // in turn with the events, so that none of its controls is written again
      const list = { kind: 'DERControl', parent: hrefs.controls(href) } as const
      await events.edit([{ list, edit: () => ({ rows: [], beside: [{ archive: href }] }) }])
      return reply.code(204).send(null)
    },
  )
}

function programView({ href, parent, body }: Row<'DERProgram'>): Program {
  const { mRID, description, primacy, version } = body
  return {
    id: idOf(href),
    href,
    mRID,
    ...(description !== undefined && { description }),
    primacy,
    ...(version !== undefined && { version }),
    group: idOf(parent.slice(0, parent.lastIndexOf('/'))),
  }
}
