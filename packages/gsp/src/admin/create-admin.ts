import {
  createServer,
  describeApi,
  peerLfdi,
  serveApi,
  type App,
  type Credentials,
  type JsonApp,
  type Peer,
} from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { hrefs } from '../domain/hrefs.ts'
import { explainItems } from '../operations/refused-items.ts'
import { aggregatorRoutes } from './aggregators.ts'
import { capacityRoutes } from './capacity.ts'
import type { AdminContext } from './context.ts'
import { controlRoutes } from './controls.ts'
import { curveRoutes } from './curves.ts'
import { defaultControlRoutes } from './default-controls.ts'
import { deviceHistoryRoutes } from './device-history.ts'
import { deviceRoutes } from './devices.ts'
import { feedRoute } from './feed-route.ts'
import { fleetRoutes } from './fleet.ts'
import { groupRoutes } from './groups.ts'
import { programRoutes } from './programs.ts'
import { readingRoutes } from './readings.ts'
import { settingsRoutes } from './settings.ts'
import { confineDtm, trustRoutes } from './trust.ts'

export type AdminServerDeps = AdminContext & Readonly<{ certs?: Credentials }>

/** The operator's face: JSON over TLS for operator certificates, or for the bearer of a token. */
export function createAdmin(context: AdminServerDeps): App {
  const { config, certs = config.certs } = context
  const { token } = config.admin
  const app = createServer({
    name: 'gsp-admin',
    certs,
    clients: token === undefined ? { kind: 'certificate', allow: mayCome(config) } : { kind: 'token', token },
    tls: config.tls,
    logLevel: config.logLevel,
    explain: explainItems,
  })
  audit(app, token !== undefined)
  confineDtm(app, config)
  if (token === undefined) refuseAggregators(app, context)

  describeApi(app, { title, description, takesToken: true })
  serveApi(app, (face) => routes(face, context))
  return app
}

const title = 'Gridloom GSP: operator API'
const description =
  'Sets up and follows an IEEE 2030.5 utility server. Values are in plain units, times in seconds since 1970.'

function routes(app: JsonApp, context: AdminContext): void {
  deviceRoutes(app, context)
  deviceHistoryRoutes(app, context)
  readingRoutes(app, context)
  fleetRoutes(app, context)
  aggregatorRoutes(app, context)
  groupRoutes(app, context)
  capacityRoutes(app, context)
  programRoutes(app, context)
  controlRoutes(app, context)
  defaultControlRoutes(app, context)
  curveRoutes(app, context)
  settingsRoutes(app, context)
  trustRoutes(app, context)
  feedRoute(app, context)
}

// certificatePolicies of service providers: devices have others
const serviceProvider = '1.3.6.1.4.1.40732.2.3'

/** Operators, and the DTM with its alerts. */
function mayCome({ admin, dtm }: Config): (peer: Peer) => boolean {
  const isOneOfThem = isOperator(admin.operators)
  return (peer) => isOneOfThem(peer) || peer.lfdi === dtm?.lfdi?.toUpperCase()
}

/** The certificates that the configuration names; where it names none, any that our CA gave a service provider. */
function isOperator(operators: readonly string[]): (peer: Peer) => boolean {
  const named = new Set(operators.map((lfdi) => lfdi.toUpperCase()))
  return ({ lfdi, policies }) => (named.size > 0 ? named.has(lfdi) : policies.includes(serviceProvider))
}

/** An aggregator is a service provider too, but acts for its own devices only. */
function refuseAggregators(app: App, { store }: AdminContext): void {
  app.addHook('onRequest', async (request) => {
    const lfdi = peerLfdi(request)
    const { rows } = await store.page({ kind: 'Aggregator', parent: hrefs.aggregators })
    if (rows.some(({ body }) => body.certificates.includes(lfdi))) {
      throw new SepError('forbidden', 'an aggregator is no operator')
    }
  })
}

/** One line for everything an operator did or tried to do. */
function audit(app: App, byToken: boolean): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method, url } = request
    if (method !== 'GET' && method !== 'HEAD') {
      request.log.info(
        { operator: operatorOf(request, byToken), method, url, status: reply.statusCode },
        'operator acted',
      )
    }
    done()
  })
}

function operatorOf(request: FastifyRequest, byToken: boolean): string {
  return byToken ? 'token' : peerLfdi(request)
}
