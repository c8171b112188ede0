import { z } from 'zod'
import { deviceOf, type Numbered } from '../feed.ts'
import type { FaceApp } from './face.ts'
import { deviceParams, type RouteContext } from './context.ts'

const headers = z.object({ 'last-event-id': z.string().optional() })

/** What happens to a device as server-sent events; a listener that comes back says what it heard last. */
export function eventRoutes(app: FaceApp, { feed, scheduling }: RouteContext): void {
  app.get(
    '/scheduling/devices/:device/events',
    {
      schema: {
        tags: ['devices'],
        summary: 'Live feed (text/event-stream): output, state, error',
        params: deviceParams,
        headers,
      },
    },
    (request, reply) => {
      const { name } = scheduling.board().device(request.params.device)
      const after = Number(request.headers['last-event-id'] ?? Number.NaN)
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
      raw.write(': gridloom scheduler\n\n')
      const listening = feed.listen(
        (numbered) => {
          if (deviceOf(numbered.event) !== name) return
          raw.write(lineOf(numbered))
          // one that does not read is cut off: it can go on after what it has heard
          if (raw.writableLength > mostUnread) raw.destroy()
        },
        () => raw.end(),
        Number.isSafeInteger(after) ? after : undefined,
      )
      raw.once('close', () => listening[Symbol.dispose]())
    },
  )
}

// bytes
const mostUnread = 1_048_576

function lineOf({ id, event }: Numbered): string {
  const { kind, ...told } = event
  const body = 'output' in told ? told.output : 'schedule' in told ? told.schedule : told
  return `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(body)}\n\n`
}
