import { z } from 'zod'
import type { AdminApp, AdminContext } from './context.ts'
import type { Numbered } from './feed.ts'

const headers = z.object({ 'last-event-id': z.string().optional() })

/** The live feed as server-sent events; a listener that comes back says what it heard last. */
export function feedRoute(app: AdminApp, { feed }: AdminContext): void {
  app.get(
    '/events',
    {
      schema: {
        tags: ['server'],
        summary: 'Live feed (text/event-stream)',
        description:
          'Each `data` line is one GspEvent. With Last-Event-ID the feed goes on where it was left, as far as it is kept.',
        headers,
      },
    },
    (request, reply) => {
      const after = Number(request.headers['last-event-id'] ?? Number.NaN)
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
      raw.write(': gridloom gsp\n\n')
      const listening = feed.listen(
        (numbered) => void raw.write(lineOf(numbered)),
        () => raw.end(),
        Number.isSafeInteger(after) ? after : undefined,
      )
      raw.once('close', () => listening[Symbol.dispose]())
    },
  )
}

function lineOf({ id, event }: Numbered): string {
  return `id: ${id}\nevent: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`
}
