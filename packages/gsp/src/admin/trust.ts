import { pageOf, PageQuery, TrustAlert, TrustAlertReceipt, TrustStanding } from '@gridloom/contracts'
import { peerLfdi, type App, type Standing, type JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { hrefs } from '../domain/hrefs.ts'
import type { AdminContext } from './context.ts'

const intake = '/trust/alerts'

/** What the DTM alerts to, and how everybody stands with it. */
export function trustRoutes(app: JsonApp, { config, store, trust, obey }: AdminContext): void {
  const tags = ['trust']
  app.post(
    intake,
    {
      schema: {
        tags,
        summary: 'Take alerts in; from the DTM alone',
        body: z.array(TrustAlert).max(1000),
        response: { 200: TrustAlertReceipt },
      },
    },
    async (request) => {
      if (!isDtm(config, request) || !obey) throw new SepError('forbidden', 'alerts come from the DTM alone')
      await obey.take(request.body)
      return { taken: request.body.length }
    },
  )
  app.get(
    intake,
    {
      schema: {
        tags,
        summary: 'Alerts that were taken in, newest first',
        querystring: PageQuery,
        response: { 200: pageOf(TrustAlert) },
      },
    },
    async ({ query: { start, limit } }) => {
      const { all, rows } = await store.page({ kind: 'TrustAlert', parent: hrefs.trustAlerts })
      const newest = rows.map(({ body }) => body).toSorted((a, b) => b.seq - a.seq)
      return { all, items: newest.slice(start, start + limit) }
    },
  )
  app.get(
    '/trust',
    {
      schema: {
        tags,
        summary: 'Everybody whom the DTM has spoken of, the least trusted first',
        querystring: PageQuery,
        response: { 200: pageOf(TrustStanding) },
      },
    },
    ({ query: { start, limit } }) => {
      const worst = (trust?.standings() ?? []).toSorted((a, b) => b.level - a.level || b.since - a.since)
      return { all: worst.length, items: worst.slice(start, start + limit).map(standingView) }
    },
  )
}

/** The certificate of the DTM opens the intake of alerts and nothing else, whatever other rights it might have. */
export function confineDtm(app: App, config: Config): void {
  app.addHook('onRequest', async (request) => {
    const isIntake = request.method === 'POST' && request.routeOptions.url === intake
    if (isDtm(config, request) && !isIntake) throw new SepError('forbidden', 'the DTM is no operator')
  })
}

function isDtm({ dtm, admin }: Config, request: FastifyRequest): boolean {
  // a face for bearers of a token sees no certificates
  return admin.token === undefined && dtm?.lfdi !== undefined && peerLfdi(request) === dtm.lfdi.toUpperCase()
}

function standingView({ subject, role, level, held, since, Te, rule }: Standing): TrustStanding {
  return {
    subject,
    role,
    level,
    held,
    since,
    ...(Te !== undefined && { Te }),
    ...(rule !== undefined && { rule }),
  }
}
