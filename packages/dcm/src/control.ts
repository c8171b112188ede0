import { createServer, policy, type App, type Logger, type Peer } from '@gridloom/kit'
import type { Config } from './config.ts'
import type { Dcm } from './dcm.ts'
import { deviceRoutes } from './routes/devices.ts'
import { energyRoutes } from './routes/energy.ts'
import { eventRoutes } from './routes/events.ts'
import { flowReservationRoutes } from './routes/flow-reservations.ts'
import { orderRoutes } from './routes/orders.ts'

/** The control port: what the person behind a device may ask of it, over mutual TLS. */
export function createControl({ certs, operators, tls }: Config, dcms: readonly Dcm[], log: Logger): App {
  const app = createServer({
    name: 'dcm',
    certs,
    tls,
    log,
    clients: { kind: 'certificate', allow: isOperator(operators) },
  })
  deviceRoutes(app, dcms)
  energyRoutes(app, dcms)
  eventRoutes(app, dcms)
  flowReservationRoutes(app, dcms)
  orderRoutes(app, dcms)
  return app
}

function isOperator(operators: readonly string[]): (peer: Peer) => boolean {
  const listed = new Set(operators.map((lfdi) => lfdi.toUpperCase()))
  if (listed.size > 0) return ({ lfdi }) => listed.has(lfdi)
  return ({ policies }) => policies.includes(policy.serviceProvider)
}
