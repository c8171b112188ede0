import { ConnectionPoint } from '@gridloom/sep2030'
import { checkConnectionPoint } from '../domain/connection-point.ts'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import { deviceOf, found, ofOwnDevice } from './visit-rules.ts'
import { shown, type Wire } from './wire.ts'

/** Where a device is connected to the grid, in Australia its NMI. */
export function connectionPointRoutes(wire: Wire): void {
  const { store, config } = wire
  if (config.profile === 'base') return
  wire.serve({
    path: hrefs.connectionPoint('/edev/:device'),
    target: ofOwnDevice,
    extension: true,
    GET: async (visit) => {
      const { href, body } = found(visit, await visit.read.get('ConnectionPoint', visit.path))
      return shown(ConnectionPoint, { ...body, href })
    },
    // test clients follow the Location, also of a change
    PUT: async (visit) => {
      const { connectionPointId } = visit.decode(ConnectionPoint)
      const known = await visit.read.get('ConnectionPoint', visit.path)
      checkConnectionPoint(connectionPointId, known?.body.connectionPointId, config.connectionPoint)
      const { href: parent, scope } = await deviceOf(visit)
      await store.write([
        { put: newRow('ConnectionPoint', { href: visit.path, parent, scope }, { connectionPointId }) },
      ])
      return { status: 201, location: visit.path }
    },
  })
}
