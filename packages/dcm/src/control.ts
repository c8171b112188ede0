import { createServer, peerOf, policy, type App, type Logger, type Peer } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { Config } from './config.ts'
import type { Dcm } from './dcm.ts'
import { deviceRoutes } from './routes/devices.ts'
import { energyRoutes } from './routes/energy.ts'
import { eventRoutes } from './routes/events.ts'
import { flowReservationRoutes } from './routes/flow-reservations.ts'
import { orderRoutes } from './routes/orders.ts'
import { trustRoutes } from './routes/trust.ts'
import type { Trust } from './trust.ts'

export type ControlDeps = Readonly<{ dcms: readonly Dcm[]; log: Logger; trust: Trust | undefined }>

/** The control port: what the person behind a device may ask of it, over mutual TLS. */
export function createControl(config: Config, { dcms, log, trust }: ControlDeps): App {
  const { certs, operators, tls, dtm, region } = config
  const isOneOfThem = isOperator(operators)
  const isOurs = (peer: Peer): boolean => isOneOfThem(peer) || peer.lfdi === dtm?.lfdi?.toUpperCase()
  const app = createServer({
    name: 'dcm',
    certs,
    tls,
    log,
    clients: { kind: 'certificate', allow: (peer) => isOurs(peer) || (region !== undefined && isService(peer)) },
  })
  // trackers and other peers come here too: what is not for them stays with the operators
  app.addHook('onRequest', (request, _reply, done) => {
    const isTheirs = request.url.startsWith('/region/') || isOurs(peerOf(request))
    done(isTheirs ? undefined : new SepError('forbidden', 'only an operator may use this'))
  })
  deviceRoutes(app, dcms)
  energyRoutes(app, dcms)
  eventRoutes(app, dcms)
  flowReservationRoutes(app, dcms)
  orderRoutes(app, dcms)
  trustRoutes(app, config, dcms, trust)
  return app
}

function isOperator(operators: readonly string[]): (peer: Peer) => boolean {
  const listed = new Set(operators.map((lfdi) => lfdi.toUpperCase()))
  if (listed.size > 0) return ({ lfdi }) => listed.has(lfdi)
  return isService
}

function isService({ policies }: Peer): boolean {
  return policies.includes(policy.serviceProvider)
}
