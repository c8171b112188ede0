import { TrustAlert } from '@gridloom/contracts'
import { openEventStream, streamHeaders, type JsonApp } from '@gridloom/kit'
import { z } from 'zod'
import { concerns } from '../domain/concerns.ts'
import type { Alerts } from '../store/alerts.ts'
import type { Context } from './context.ts'

const Query = z.object({
  since: z.coerce.number().int().nonnegative().default(0).describe('number of the last alert that is known'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})

/** What was told, to whom it concerns: by number, or as it happens (§7). */
export function alertRoutes(app: JsonApp, { alerts, feed, judge, callerOf }: Context): void {
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
        headers: streamHeaders,
        querystring: Query.partial(),
      },
    },
    (request, reply) => {
      const caller = callerOf(request)
      const stream = openEventStream(request, reply, 'dtm')
      const { after = request.query.since ?? alerts.last() } = stream
      const show = (alert: TrustAlert): void => {
        if (concerns(caller, alert)) stream.send({ id: alert.seq, event: alert.type, data: alert })
      }
      for (const alert of alerts.since(after, 1000)) show(alert)
      stream.using(feed.listen(show, stream.end))
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
