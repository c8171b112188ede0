import { TrustAlert } from '@gridloom/contracts'
import { z } from 'zod'
import { concerns } from '../domain/concerns.ts'
import type { Alerts } from '../store/alerts.ts'
import type { Context, TypedApp } from './context.ts'

const Query = z.object({
  since: z.coerce.number().int().nonnegative().default(0).describe('number of the last alert that is known'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})

/** What was told, to whom it concerns: by number, or as it happens (§7). */
export function alertRoutes(app: TypedApp, { alerts, feed, judge, callerOf }: Context): void {
  const tags = ['alerts']
  app.get(
    '/dtm/alerts',
    { schema: { tags, summary: 'Alerts after a number', querystring: Query, response: { 200: z.array(TrustAlert) } } },
    async (request) => {
      const caller = callerOf(request)
      await judge.settled()
      return firstOf(alerts, request.query, (alert) => concerns(caller, alert))
    },
  )
  app.get(
    '/dtm/alerts/stream',
    {
      schema: {
        tags,
        summary: 'Alerts as they happen (text/event-stream)',
        description: 'With Last-Event-ID, or since=, the stream goes on after that alert.',
        headers: z.object({ 'last-event-id': z.string().optional() }),
        querystring: Query.partial(),
      },
    },
    (request, reply) => {
      const caller = callerOf(request)
      const after = Number(request.headers['last-event-id'] ?? request.query.since ?? alerts.last())
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
      raw.write(': gridloom dtm\n\n')
      const show = (alert: TrustAlert): void => {
        if (concerns(caller, alert)) raw.write(lineOf(alert))
      }
      for (const alert of alerts.since(Number.isSafeInteger(after) ? after : alerts.last(), 1000)) show(alert)
      const listening = feed.listen(show, () => raw.end())
      raw.once('close', () => listening[Symbol.dispose]())
    },
  )
}

type Page = Readonly<{ since: number; limit: number }>

/** The first alerts after a number that are wanted, however many others lie between. */
function firstOf(alerts: Alerts, { since, limit }: Page, isWanted: (alert: TrustAlert) => boolean): TrustAlert[] {
  const found: TrustAlert[] = []
  for (let after = since; ;) {
    const page = alerts.since(after, 1000)
    found.push(...page.filter(isWanted))
    const last = page.at(-1)
    if (!last || found.length >= limit) return found.slice(0, limit)
    after = last.seq
  }
}

function lineOf(alert: TrustAlert): string {
  return `id: ${alert.seq}\nevent: ${alert.type}\ndata: ${JSON.stringify(alert)}\n\n`
}
