import { follow, openEventStream, streamHeaders, type JsonApp, type StreamMessage } from '@gridloom/kit'
import type { SchedulingEvent } from '../operations/scheduling.ts'
import { deviceParams, type RouteContext } from './context.ts'

/** What happens to a device as server-sent events; a listener that comes back says what it heard last. */
export function eventRoutes(app: JsonApp, { feed, scheduling }: RouteContext): void {
  app.get(
    '/scheduling/devices/:device/events',
    {
      schema: {
        tags: ['devices'],
        summary: 'Live feed (text/event-stream): output, state, error',
        params: deviceParams,
        headers: streamHeaders,
      },
    },
    (request, reply) => {
      const { name } = scheduling.board().device(request.params.device)
      follow(openEventStream(request, reply, 'scheduler'), feed, (event) => messageFor(name, event))
    },
  )
}

function messageFor(name: string, event: SchedulingEvent): StreamMessage | undefined {
  const { kind, ...told } = event
  const { device, data } =
    'output' in told
      ? { device: told.output.device, data: told.output }
      : 'schedule' in told
        ? { device: told.schedule.device, data: told.schedule }
        : { device: told.device, data: told }
  return device === name ? { event: kind, data } : undefined
}
