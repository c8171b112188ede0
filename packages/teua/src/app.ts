import {
  clockOf,
  createLogger,
  createServer,
  loadCredentials,
  openOps,
  peerOf,
  policy,
  type Actor,
  type App,
  type Clock,
  type Logger,
  type Peer,
} from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { createAgent, type Agent } from './agent.ts'
import type { Config } from './config.ts'
import { createOutlook } from './domain/outlook.ts'
import { openLinks } from './links.ts'
import type { Callback } from './market-link.ts'
import { createMeters } from './metrics.ts'
import { callbackRoutes } from './routes/callback.ts'
import { controllerRoutes } from './routes/controllers.ts'
import { agentStore, openAgents } from './store/agent-store.ts'
import { supervise } from './supervise.ts'

export type Deps = Readonly<{ clock: Clock; log: Logger }>

/** Starts the agents of the configuration and their faces, and owns them until it is disposed. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const log = overrides.log ?? createLogger('teua', config.logLevel)
  const app = createServer({ name: 'teua', certs: config.certs, tls: config.tls, log })
  const meters = createMeters(app.metrics)
  let listening: string | undefined

  const callbackOf = (partyId: string): Callback | undefined => {
    const base = config.callback === undefined ? listening : config.callback
    if (base === undefined || base === false) return undefined
    return { url: `${base.replace(/\/$/, '')}/callback/${partyId}`, lfdi: loadCredentials(config.certs).lfdi }
  }
  const outlook = createOutlook(config.outlook)
  const opened = openLinks(config, stack)
  const database = stack.use(openAgents(config.store))
  const agents = new Map(
    config.agents.map((agent, index): [string, Agent] => {
      const { partyId } = agent
      const { horizonIntervals, planSeconds } = config
      const options = {
        config: agent,
        marketId: config.market.marketId,
        callback: () => callbackOf(partyId),
        ...opened(agent),
        store: agentStore(database, partyId),
        outlook,
        // what one learns of prices is for all
        watchesPrices: index === 0,
        clock,
        log,
        meters,
        horizonIntervals,
        planSeconds,
      }
      return [partyId, createAgent(options)]
    }),
  )

  guard(app, config)
  callbackRoutes(app, agents, clock)
  controllerRoutes(app, { agents, clock })
  stack.defer(() => app.close())
  const url = await app.listen(config.listen)
  listening = url
  const loopback =
    config.controllerToken && stack.use(await tokenFace(config, config.controllerToken, { agents, clock, log }))
  const apps = loopback ? [app, loopback.app] : [app]
  const ops = config.ops && stack.use(await openOps({ listen: config.ops, apps }))

  const ending = new AbortController()
  const running = Promise.all([...agents.values()].map((agent) => supervise(agent, { clock, log }, ending.signal)))
  stack.defer(async () => {
    ending.abort()
    await running
  })
  const owned = stack.move()
  const ended = running.then(() => undefined)
  return {
    url,
    ...(loopback && { admin: loopback.url }),
    ...(ops && { metrics: ops.url }),
    ended,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** The market may call back, controllers may look and state needs, and nobody else may do either. */
function guard(app: App, { market, controllers }: Config): void {
  const listed = new Set(controllers.map((lfdi) => lfdi.toUpperCase()))
  const mayCall = ({ lfdi, policies }: Peer): boolean => {
    if (market.lfdi !== undefined) return lfdi === market.lfdi.toUpperCase()
    return policies.includes(policy.serviceProvider)
  }
  const mayControl = ({ lfdi, policies }: Peer): boolean => {
    return listed.size > 0 ? listed.has(lfdi) : policies.includes(policy.serviceProvider)
  }
  app.addHook('onRequest', async (request) => {
    const path = request.routeOptions.url ?? ''
    const peer = peerOf(request)
    const isAllowed = path.startsWith('/callback/') ? mayCall(peer) : !path.startsWith('/agents') || mayControl(peer)
    if (!isAllowed) throw new SepError('forbidden', 'this certificate may not do that here')
  })
}

type Face = AsyncDisposable & Readonly<{ app: App; url: string }>

/** The face for controllers on the same machine that have no certificate, only a token. */
async function tokenFace(
  { certs, tls }: Config,
  { listen, token }: NonNullable<Config['controllerToken']>,
  { agents, clock, log }: Readonly<{ agents: ReadonlyMap<string, Agent>; clock: Clock; log: Logger }>,
): Promise<Face> {
  const app = createServer({ name: 'teua-controllers', certs, tls, log, clients: { kind: 'token', token } })
  controllerRoutes(app, { agents, clock })
  const url = await app.listen(listen)
  log.info({ url }, 'controllers may come with a token')
  return { app, url, [Symbol.asyncDispose]: () => app.close() }
}
