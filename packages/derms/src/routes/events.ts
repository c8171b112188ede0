import { z } from 'zod'
import type { Numbered } from '../feed.ts'
import type { RouteContext } from './context.ts'
import type { FaceApp } from './face.ts'

const headers = z.object({ 'last-event-id': z.string().optional() })

/** The live feed as server-sent events; a listener that comes back says what it heard last. */
export function eventRoutes(app: FaceApp, { feed, operatorOf }: RouteContext): void {
  app.get(
    '/events',
    { schema: { tags: ['services'], summary: 'Live feed (text/event-stream), each line a DermsEvent', headers } },
    (request, reply) => {
      operatorOf(request)
      const after = Number(request.headers['last-event-id'] ?? Number.NaN)
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
      raw.write(': gridloom derms\n\n')
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
