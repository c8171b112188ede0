import type { Server } from 'node:https'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { Registry } from 'prom-client'
import { createLogger } from '../logger.ts'
import type { Credentials } from '../pki/credentials.ts'
import { credentialsFrom, type TlsVersions } from '../tls/profile.ts'
import type { Clients } from './access.ts'
import { answerClientError } from './client-error.ts'
import { trackConnections } from './connections.ts'
import { failureOf, jsonFailure, sendFailure, type WriteFailure } from './failure.ts'
import { createGate } from './gate.ts'
import { createListener } from './https-listener.ts'
import { listenOf } from './listen.ts'
import { learnMethods } from './methods.ts'
import { metricsText, metricsType, requestTimes } from './metrics.ts'
import { peerLogger } from './peer-logger.ts'

export type App = FastifyInstance

export type Limits = Readonly<{
  bodyBytes?: number | undefined
  /** Requests per second and client; unlimited when absent. */
  perSecond?: number | undefined
  /** Requests that a client may send at once: twice `perSecond` by default. */
  burst?: number | undefined
}>

export type ServerOptions = Readonly<{
  name: string
  /** A credentials folder, or what was loaded from one. */
  certs: string | Credentials
  /** Every client with a certificate under our anchors by default. */
  clients?: Clients | undefined
  tls?: TlsVersions | undefined
  limits?: Limits | undefined
  /** How long an idle connection is kept: some clients end when theirs is closed. */
  keepAliveSeconds?: number | undefined
  /** The longest wait for requests in flight when the server stops. */
  stopSeconds?: number | undefined
  logLevel?: string | undefined
  log?: FastifyBaseLogger | undefined
  /** Words for a failure: JSON {error:{code,message,path}} by default. */
  writeFailure?: WriteFailure | undefined
  /** Whether /metrics is served here too: not where devices connect. */
  exposeMetrics?: boolean | undefined
}>

declare module 'fastify' {
  interface FastifyInstance {
    /** The request metrics of this server: an actor adds its own gauges and counters. */
    metrics: Registry
    isStopping: () => boolean
  }
}

/** A Fastify server over mutual TLS with everything that the faces of all actors share. */
export function createServer(options: ServerOptions): App {
  const { name, clients = { kind: 'certificate' }, limits = {}, writeFailure = jsonFailure, stopSeconds = 10 } = options
  const log = options.log ?? createLogger(name, options.logLevel)
  const connections = trackConnections()
  const credentials = credentialsFrom(options.certs)
  const listener = { credentials, tls: options.tls, asksCertificate: clients.kind === 'certificate', log }

  const app: App = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: peerLogger,
    bodyLimit: limits.bodyBytes ?? 1_048_576,
    return503OnClosing: false, // the gate says so in the words of the face
    clientErrorHandler: (error, socket) => answerClientError(error, socket, writeFailure),
    serverFactory: (handler): Server => {
      const server = createListener({ ...listener, keepAliveSeconds: options.keepAliveSeconds ?? 3600 }, handler)
      connections.watch(server)
      return server
    },
  })
  app.listen = listenOf(app)

  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
    await connections.finish(stopSeconds)
  })
  app.decorate('writeFailure', { getter: () => writeFailure })
  app.decorate('isStopping', () => stopping)
  app.decorate('metrics', new Registry())

  const { perSecond, burst } = limits
  const rate = perSecond === undefined ? undefined : { perSecond, burst: burst ?? perSecond * 2 }
  const methodsOf = learnMethods(app)
  app.addHook('onRequest', createGate({ clients, rate, methodsOf, isStopping: app.isStopping }))
  measure(app, name)
  readBodies(app)
  app.setErrorHandler((error, request, reply) => {
    const failure = failureOf(error)
    if (failure.status >= 500) request.log.error({ err: error }, 'request failed')
    return sendFailure(reply, failure)
  })
  app.get('/healthz', () => ({ status: 'ok' }))
  if (options.exposeMetrics ?? true) {
    app.get('/metrics', async (_request, reply) => reply.type(metricsType).send(await metricsText([app.metrics])))
  }
  return app
}

function measure(app: App, name: string): void {
  const times = requestTimes(app.metrics, name)
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    times.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    done()
  })
}

/** 2030.5 bodies reach a route as bytes, whatever parameters their media type has, and JSON as Fastify has it; others are 415. */
function readBodies(app: App): void {
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/sep+xml', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}
