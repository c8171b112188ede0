import { follow, openEventStream, streamHeaders, type JsonApp } from '@gridloom/kit'
import type { AdminContext } from './context.ts'

/** The live feed as server-sent events; a listener that comes back says what it heard last. */
export function feedRoute(app: JsonApp, { feed }: AdminContext): void {
  app.get(
    '/events',
    {
      schema: {
        tags: ['server'],
        summary: 'Live feed (text/event-stream)',
        description:
          'Each `data` line is one GspEvent. With Last-Event-ID the feed goes on where it was left, as far as it is kept.',
        headers: streamHeaders,
      },
    },
    (request, reply) => {
      follow(openEventStream(request, reply, 'gsp'), feed, (event) => ({ event: event.event, data: event }))
    },
  )
}
