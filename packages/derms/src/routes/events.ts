import { follow, openEventStream, streamHeaders, type JsonApp } from '@gridloom/kit'
import type { RouteContext } from './context.ts'

/** The live feed as server-sent events; a listener that comes back says what it heard last. */
export function eventRoutes(app: JsonApp, { feed, operatorOf }: RouteContext): void {
  const summary = 'Live feed (text/event-stream), each line a DermsEvent'
  app.get('/events', { schema: { tags: ['services'], summary, headers: streamHeaders } }, (request, reply) => {
    operatorOf(request)
    follow(openEventStream(request, reply, 'derms'), feed, (event) => ({ event: event.event, data: event }))
  })
}
