import { LogEvent, LogEventList } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import { createRetention } from '../store/retention.ts'
import { plainView, rowsShown } from './list.ts'
import { deviceOf, found, ofOwnDevice } from './visit-rules.ts'
import { shown, type Wire } from './wire.ts'

/** The alarms and other events that a device logs, as they come and as they clear. */
export function logEventRoutes(wire: Wire): void {
  const { store, config } = wire
  const retain = createRetention({ kind: 'LogEvent', keep: config.limits.logEventsPerDevice })
  const list = hrefs.logEvents('/edev/:device')
  wire.serve({
    path: list,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href } = await deviceOf(visit)
      const query = { kind: 'LogEvent', parent: hrefs.logEvents(href) } as const
      return rowsShown(wire, visit, { element: LogEventList, query, view: plainView })
    },
    POST: async (visit) => {
      const event = visit.decode(LogEvent)
      const { href: device, scope } = await deviceOf(visit)
      const parent = hrefs.logEvents(device)
      const href = `${parent}/${await store.nextId(parent)}`
      await store.write([{ create: newRow('LogEvent', { href, parent, scope }, event) }, ...retain(parent, 1)])
      return { status: 201, location: href }
    },
  })
  wire.serve({
    path: `${list}/:event`,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href, body } = found(visit, await visit.read.get('LogEvent', visit.path))
      return shown(LogEvent, { ...body, href })
    },
    DELETE: async (visit) => {
      const { href } = found(visit, await visit.read.get('LogEvent', visit.path))
      await store.write([{ drop: href }])
      return { status: 204 }
    },
  })
}
