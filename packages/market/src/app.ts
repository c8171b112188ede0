import {
  clockOf,
  createClient,
  createLogger,
  createServer,
  loadCredentials,
  openOps,
  type Actor,
  type App,
  type Clock,
  type Logger,
} from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import { type Bell, createBell } from './bell.ts'
import type { Config } from './config.ts'
import { createCourier } from './loops/courier.ts'
import { followDayAhead } from './loops/day-ahead.ts'
import { tellTrades } from './loops/tell-trades.ts'
import { runTicks } from './loops/tick.ts'
import { followTrust, type TrustBook } from './loops/trust.ts'
import { type Market } from './market.ts'
import { createMeters } from './metrics.ts'
import { openMarkets } from './open-markets.ts'
import { messageRoutes } from './routes/messages.ts'
import { openApiRoute } from './routes/open-api.ts'
import { recordRoutes } from './routes/records.ts'
import { tickerRoutes } from './routes/ticker.ts'
import { viewRoutes } from './routes/views.ts'
import { createStreams, type Streams } from './streams.ts'

export type Deps = Readonly<{
  markets: ReadonlyMap<string, Market>
  operators: ReadonlySet<string>
  bell: Bell
  streams: Streams
  clock: Clock
  log: Logger
}>

function createApp({ certs, tls, bodyBytes }: Pick<Config, 'certs' | 'tls' | 'bodyBytes'>, deps: Deps): App {
  const app = createServer({ name: 'market', certs, tls, limits: { bodyBytes }, log: deps.log })
  messageRoutes(app, deps)
  viewRoutes(app, deps)
  recordRoutes(app, deps)
  tickerRoutes(app, deps)
  openApiRoute(app)
  return app
}

/** Starts the markets of a configuration where their store left them, and owns them until it is disposed. */
export async function start(config: Config, overrides: Partial<Pick<Deps, 'clock' | 'log'>> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const log = overrides.log ?? createLogger('market', config.logLevel)
  const trust: TrustBook = new Map()
  const { markets } = stack.use(await openMarkets(config, { clock, log, trustOf: (peer) => trust.get(peer) }))
  const [bell, streams] = [createBell(), stack.use(createStreams())]
  const operators = new Set(config.operators)
  const app = createApp(config, { markets, operators, bell, streams, clock, log })
  stack.defer(() => app.close())
  const meters = createMeters(app.metrics)
  const credentials = loadCredentials(config.certs)
  for (const market of markets.values()) {
    meters.watch(market)
    const count = (outcome: Parameters<typeof meters.delivered>[1]): void => meters.delivered(market.id, outcome)
    const courier = stack.use(createCourier({ market, certs: credentials, delivery: config.delivery, log, count }))
    market.onPosted((partyIds) => {
      courier.notice(partyIds)
      bell.ring(market.id, partyIds)
    })
    courier.notice(market.outbox.parties())
  }
  stack.defer(() => {
    bell.ringAll()
    streams[Symbol.dispose]()
  })
  const url = await app.listen(config.listen)
  const ops = config.ops && stack.use(await openOps({ listen: config.ops, apps: [app] }))

  const ending = new AbortController()
  const { signal } = ending
  const running = [runTicks({ markets: markets.values(), clock, tickSeconds: config.tickSeconds }, signal)]
  if (config.dtm) {
    const { url: origin, lfdi, pollSeconds, refuseLevel, meterSeconds } = config.dtm
    const pinned = lfdi === undefined ? {} : { serverLfdi: parseLfdi(lfdi) }
    const client = stack.use(createClient({ origin, certs: credentials, mediaType: 'application/json', ...pinned }))
    running.push(followTrust({ client, book: trust, clock, log, pollSeconds, refuseLevel }, signal))
    const telling = { markets: markets.values(), client, clock, log, self: credentials.lfdi, meterSeconds }
    running.push(tellTrades(telling, signal))
  }
  for (const { reference, dayAhead } of config.markets) {
    const market = markets.get(reference.marketId)
    for (const adapter of market ? dayAhead : []) {
      if (market) running.push(followDayAhead({ market, adapter, clock, log }, signal))
    }
  }
  stack.defer(async () => {
    ending.abort()
    await Promise.allSettled(running)
  })
  const ended = Promise.race([Promise.all(running), ...[...markets.values()].map(({ failed }) => failed)]).then(
    () => {},
  )
  ended.catch(() => {}) // told to whoever waits for the actor
  const owned = stack.move()
  return { url, ...(ops && { metrics: ops.url }), ended, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
