import {
  Aggregator,
  AggregatorChange,
  CertificateReference,
  NewAggregator,
  pageOf,
  PageQuery,
} from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { parseLfdi, SepError, type Lfdi } from '@gridloom/sep2030'
import { z } from 'zod'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import type { Row } from '../store/row.ts'
import { lfdiOfPem } from './certificate.ts'
import type { AdminContext } from './context.ts'
import { aggregatorBy, idOf } from './lookup.ts'

const params = z.object({ aggregator: z.string().describe('number') })
const certificate = params.extend({ lfdi: z.string() })

/** Aggregators: a set of certificates that may speak for the devices under them. */
export function aggregatorRoutes(app: JsonApp, context: AdminContext): void {
  const { store } = context
  const tags = ['aggregators']
  const viewOf = (row: AggregatorRow): Promise<Aggregator> => aggregatorView(context, row)

  app.get(
    '/aggregators',
    { schema: { tags, summary: 'List aggregators', querystring: PageQuery, response: { 200: pageOf(Aggregator) } } },
    async ({ query }) => {
      const { all, rows } = await store.page({ kind: 'Aggregator', parent: hrefs.aggregators, ...query })
      return { all, items: await Promise.all(rows.map(viewOf)) }
    },
  )
  app.post(
    '/aggregators',
    { schema: { tags, summary: 'Make an aggregator', body: NewAggregator, response: { 201: Aggregator } } },
    async ({ body: { name, pen, certificates } }, reply) => {
      const lfdis = certificates.map((reference, index) => referred(reference, `certificates.${index}.`))
      await requireFree(context, lfdis)
      const href = `${hrefs.aggregators}/${await store.nextId(hrefs.aggregators)}`
      const made = { name, certificates: [...new Set(lfdis)], ...(pen !== undefined && { pen }) }
      const row = newRow('Aggregator', { href, parent: hrefs.aggregators }, made)
      await store.write([{ create: row }])
      return reply
        .code(201)
        .header('location', `/aggregators/${idOf(href)}`)
        .send(await viewOf(row))
    },
  )
  app.get(
    '/aggregators/:aggregator',
    { schema: { tags, summary: 'An aggregator', params, response: { 200: Aggregator } } },
    async ({ params: { aggregator } }) => viewOf(await aggregatorBy(store, aggregator)),
  )
  app.patch(
    '/aggregators/:aggregator',
    {
      schema: { tags, summary: 'Change an aggregator', params, body: AggregatorChange, response: { 200: Aggregator } },
    },
    async ({ params: { aggregator }, body: { name, pen } }) => {
      const row = await aggregatorBy(store, aggregator)
      return viewOf(
        await changed(context, row, { ...(name !== undefined && { name }), ...(pen !== undefined && { pen }) }),
      )
    },
  )
  app.delete(
    '/aggregators/:aggregator',
    { schema: { tags, summary: 'Remove an aggregator without devices', params, response: { 204: z.null() } } },
    async ({ params: { aggregator } }, reply) => {
      const row = await aggregatorBy(store, aggregator)
      const { devices } = await viewOf(row)
      if (devices > 0) throw new SepError('conflict', `the aggregator still has ${devices} devices`)
      await store.write([{ archive: row.href }])
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/aggregators/:aggregator/certificates',
    {
      schema: { tags, summary: 'Add a certificate', params, body: CertificateReference, response: { 200: Aggregator } },
    },
    async ({ params: { aggregator }, body }) => {
      const row = await aggregatorBy(store, aggregator)
      const lfdi = referred(body, '')
      if (row.body.certificates.includes(lfdi)) return viewOf(row)
      await requireFree(context, [lfdi])
      return viewOf(await changed(context, row, { certificates: [...row.body.certificates, lfdi] }))
    },
  )
  app.delete(
    '/aggregators/:aggregator/certificates/:lfdi',
    { schema: { tags, summary: 'Revoke a certificate, at once', params: certificate, response: { 200: Aggregator } } },
    async ({ params: { aggregator, lfdi } }) => {
      const row = await aggregatorBy(store, aggregator)
      const certificates = row.body.certificates.filter((known) => known !== lfdi.toUpperCase())
      if (certificates.length === row.body.certificates.length) {
        throw new SepError('missing', `the aggregator has no certificate "${lfdi}"`)
      }
      return viewOf(await changed(context, row, { certificates }))
    },
  )
}

type AggregatorRow = Row<'Aggregator'>

async function changed(
  { store }: AdminContext,
  row: AggregatorRow,
  change: Partial<AggregatorRow['body']>,
): Promise<AggregatorRow> {
  const next = newRow('Aggregator', row, { ...row.body, ...change })
  await store.write([{ put: next }])
  return next
}

function referred({ lfdi, certificate: pem }: z.infer<typeof CertificateReference>, path: string): Lfdi {
  return pem === undefined ? parseLfdi(lfdi ?? '') : lfdiOfPem(pem, `${path}certificate`)
}

/** A certificate speaks for one party only. */
async function requireFree({ store }: AdminContext, lfdis: readonly Lfdi[]): Promise<void> {
  const { rows } = await store.page({ kind: 'Aggregator', parent: hrefs.aggregators })
  for (const lfdi of lfdis) {
    const taken = rows.some(({ body }) => body.certificates.includes(lfdi)) || (await store.find('EndDevice', lfdi))
    if (taken) throw new SepError('conflict', `another party has this certificate: "${lfdi}"`)
  }
}

async function aggregatorView({ store }: AdminContext, { href, body }: AggregatorRow): Promise<Aggregator> {
  const { name, pen, certificates } = body
  const { all } = await store.page({ kind: 'EndDevice', parent: hrefs.endDevices, scope: href, limit: 0 })
  return {
    id: idOf(href),
    href,
    name,
    ...(pen !== undefined && { pen }),
    certificates: [...certificates],
    devices: all,
  }
}
