import { createServer, peerLfdi, sendFailure, type App, type Credentials } from '@gridloom/kit'
import type { Config } from './config.ts'
import { errorDocument } from './domain/error-document.ts'
import type { Trust } from './operations/trust.ts'
import type { Reports } from './reports.ts'
import { assignmentRoutes } from './routes/assignments.ts'
import { connectionPointRoutes } from './routes/connection-point.ts'
import { derRoutes } from './routes/ders.ts'
import { deviceCapabilityRoutes } from './routes/device-capability.ts'
import { endDeviceRoutes } from './routes/end-devices.ts'
import { flowReservationRoutes } from './routes/flow-reservations.ts'
import { logEventRoutes } from './routes/log-events.ts'
import { mirrorRoutes } from './routes/mirrors.ts'
import { programRoutes } from './routes/programs.ts'
import { registrationRoutes } from './routes/registration.ts'
import { reportRoutes } from './routes/reports.ts'
import { responseRoutes } from './routes/responses.ts'
import { timeRoutes } from './routes/time.ts'
import { usagePointRoutes } from './routes/usage-points.ts'
import { createWire, type WireDeps } from './routes/wire.ts'

export type FaceDeps = WireDeps &
  Readonly<{
    certs?: Credentials
    /** What is reported of this face, and to whom. */
    reports?: Pick<Reports, 'onHandshake' | 'watch'> | undefined
  }>

/** The IEEE 2030.5 face: what devices and aggregators reach over mutual TLS. */
export function createFace(config: Config, deps: FaceDeps): App {
  const { tls, limits, logLevel } = config
  const certs = deps.certs ?? config.certs
  const app = createServer({
    name: 'gsp',
    certs,
    tls,
    limits,
    logLevel,
    writeFailure: errorDocument,
    exposeMetrics: false,
    onHandshake: deps.reports?.onHandshake,
  })
  // Fastify reads JSON and text by itself: on this face they are 415
  app.removeContentTypeParser(['application/json', 'text/plain'])

  deps.reports?.watch(app)
  if (deps.trust) refuseDenied(app, deps.trust)
  const wire = createWire(app, config, deps)
  deviceCapabilityRoutes(wire)
  timeRoutes(wire)
  endDeviceRoutes(wire)
  registrationRoutes(wire)
  connectionPointRoutes(wire)
  reportRoutes(wire)
  derRoutes(wire)
  assignmentRoutes(wire)
  programRoutes(wire)
  responseRoutes(wire)
  logEventRoutes(wire)
  mirrorRoutes(wire)
  usagePointRoutes(wire)
  flowReservationRoutes(wire)
  return app
}

/** Sessions of a blocked party end with its next request, in the words that any stranger hears: it is not to learn why. */
function refuseDenied(app: App, trust: Pick<Trust, 'of'>): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!trust.of(peerLfdi(request)).isDenied) return done()
    reply.header('connection', 'close')
    void sendFailure(reply, { status: 403, code: 'forbidden', message: 'this certificate may not use this service' })
  })
}
