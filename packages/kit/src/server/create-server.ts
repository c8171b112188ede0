import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { Registry } from 'prom-client'
import { createLogger } from '../logger.ts'
import type { Credentials } from '../pki/credentials.ts'
import { credentialsFrom, type TlsVersions } from '../tls/profile.ts'
import type { Clients } from './access.ts'
import { answerClientError, isParserError } from './client-error.ts'
import { trackConnections, type Connections } from './connections.ts'
import { failureOf, jsonFailure, sendFailure, type Failure, type WriteFailure } from './failure.ts'
import { createGate } from './gate.ts'
import type { Handshake } from './handshake.ts'
import { createListener } from './https-listener.ts'
import { listenOf } from './listen.ts'
import { learnMethods } from './methods.ts'
import { metricsText, metricsType, refusalCounter, requestTimes } from './metrics.ts'
import { peerLogger } from './peer-logger.ts'
import type { Rate } from './rate-limit.ts'

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
  /** Words for a failure: an ErrorBody in JSON by default. */
  writeFailure?: WriteFailure | undefined
  /** What the actor's own errors mean; those that it does not know are explained as everywhere. */
  explain?: ((error: unknown) => Failure | undefined) | undefined
  /** Whether /metrics is served here too: not where devices connect. */
  exposeMetrics?: boolean | undefined
  /** Told of every handshake, whether it went well or not. */
  onHandshake?: ((handshake: Handshake) => void) | undefined
}>

declare module 'fastify' {
  interface FastifyInstance {
    /** The request metrics of this server: an actor adds its own gauges and counters. */
    metrics: Registry
    isStopping: () => boolean
    /** Closes the connections of a certificate: whoever it is has to shake hands anew. */
    endSessions: (lfdi: string) => void
  }
}

/** A Fastify server over mutual TLS with everything that the faces of all actors share. */
export function createServer(options: ServerOptions): App {
  const { name, clients = anyCertificate, limits = {}, writeFailure = jsonFailure } = options
  const metrics = new Registry()
  metrics.setDefaultLabels({ server: name })
  const connections = trackConnections()
  const app = createFastify(options, metrics, connections)
  app.listen = listenOf(app)
  app.decorate('metrics', metrics)
  app.decorate('endSessions', connections.end)
  app.decorate('writeFailure', { getter: () => writeFailure })
  finishOnStop(app, connections, options.stopSeconds ?? 10)

  const methodsOf = learnMethods(app)
  app.addHook('onRequest', createGate({ clients, rate: rateOf(limits), methodsOf, isStopping: app.isStopping }))
  measureRequests(app)
  readBodies(app)
  answerErrors(app, options.explain)
  app.get('/healthz', () => ({ status: 'ok' }))
  if (options.exposeMetrics ?? true) {
    app.get('/metrics', async (_request, reply) => reply.type(metricsType).send(await metricsText([metrics])))
  }
  return app
}

const anyCertificate: Clients = { kind: 'certificate' }

function createFastify(options: ServerOptions, metrics: Registry, connections: Connections): App {
  const { name, tls, clients = anyCertificate, limits = {}, writeFailure = jsonFailure } = options
  const log = options.log ?? createLogger(name, options.logLevel)
  const countRefusal = refusalCounter(metrics)
  const asksCertificate = clients.kind === 'certificate'
  const keepAliveSeconds = options.keepAliveSeconds ?? 3600
  const listener = {
    credentials: credentialsFrom(options.certs),
    tls,
    asksCertificate,
    keepAliveSeconds,
    log,
    countRefusal,
    onHandshake: options.onHandshake,
  }
  return Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: peerLogger,
    bodyLimit: limits.bodyBytes ?? 1_048_576,
    // what the router itself refuses, a path that is no URL
    frameworkErrors: (error, _request, reply) => void sendFailure(reply, failureOf(error)),
    return503OnClosing: false, // the gate says so in the words of the face
    clientErrorHandler: (error, socket) => {
      if (!isParserError(error)) return void socket.destroy()
      countRefusal('protocol')
      answerClientError(error, socket, writeFailure)
    },
    serverFactory: (handler) => {
      const server = createListener(listener, handler)
      connections.watch(server)
      return server
    },
  })
}

function finishOnStop(app: App, connections: Connections, seconds: number): void {
  let stopping = false
  app.decorate('isStopping', () => stopping)
  app.addHook('preClose', async () => {
    stopping = true
    await connections.finish(seconds)
  })
}

function rateOf({ perSecond, burst }: Limits): Rate | undefined {
  return perSecond === undefined ? undefined : { perSecond, burst: burst ?? perSecond * 2 }
}

function measureRequests(app: App): void {
  const times = requestTimes(app.metrics)
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

function answerErrors(app: App, explain: ServerOptions['explain']): void {
  app.setErrorHandler((error, request, reply) => {
    const failure = explain?.(error) ?? failureOf(error)
    const { status, message: reason, issues, path = issues?.[0]?.path, rule } = failure
    const { method, url } = request
    if (status >= 500) request.log.error({ err: error }, 'request failed')
    else if (status !== 404) request.log.info({ method, url, status, reason, path, rule }, 'request refused')
    return sendFailure(reply, failure)
  })
}
