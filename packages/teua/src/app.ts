import {
  backoffSeconds,
  clockOf,
  createClient,
  createLogger,
  createRandom,
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
import { parseLfdi, SepError } from '@gridloom/sep2030'
import { createAgent, type Agent } from './agent.ts'
import type { AgentConfig, Config } from './config.ts'
import { createDcmLink } from './dcm-link.ts'
import { createOutlook } from './domain/outlook.ts'
import { createMarketLink, type Callback } from './market-link.ts'
import { createMeters } from './metrics.ts'
import { callbackRoutes } from './routes/callback.ts'
import { controllerRoutes } from './routes/controllers.ts'
import { agentStore, openAgents } from './store/agent-store.ts'

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
  const opened = openLinks(config, stack)
  const database = stack.use(openAgents(config.store))
  const agents = new Map(
    config.agents.map((agent): [string, Agent] => {
      const { partyId } = agent
      const { horizonIntervals, planSeconds } = config
      const options = {
        config: agent,
        marketId: config.market.marketId,
        callback: () => callbackOf(partyId),
        ...opened(agent),
        store: agentStore(database, partyId),
        outlook: createOutlook(config.outlook),
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

/** The connections of each agent: to the market with its own certificate, to the DCM with that of the process. */
function openLinks(config: Config, stack: AsyncDisposableStack) {
  const { market, dcm, certs, tls } = config
  const mediaType = 'application/json'
  const dcms = new Map<string, ReturnType<typeof createClient>>()
  const named = (serverName: string | false | undefined) => (serverName === undefined ? {} : { serverName })

  const dcmClient = (url: string) => {
    const known = dcms.get(url)
    if (known) return known
    const opened = stack.use(
      createClient({ origin: url, certs, tls, mediaType, totalSeconds: 10, ...named(dcm?.name) }),
    )
    dcms.set(url, opened)
    return opened
  }
  return ({ partyId, certs: own = certs, dcm: device }: AgentConfig) => {
    const pinned = market.lfdi === undefined ? {} : { serverLfdi: parseLfdi(market.lfdi) }
    const options = { origin: market.url, certs: own, tls, mediaType, ...named(market.name), ...pinned }
    const client = stack.use(createClient({ ...options, totalSeconds: 15 }))
    const patient = stack.use(createClient({ ...options, totalSeconds: 60 }))
    const url = device && (device.url ?? dcm?.url)
    return {
      market: createMarketLink({ client, patient, marketId: market.marketId, partyId }),
      dcm: device && url !== undefined ? createDcmLink(dcmClient(url), device.device) : undefined,
    }
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

/** Starts an agent that failed again: a fault in one is no reason for another to stop. */
async function supervise(
  agent: Agent,
  { clock, log }: Readonly<{ clock: Clock; log: Logger }>,
  signal: AbortSignal,
): Promise<void> {
  const random = createRandom(agent.partyId)
  for (let failures = 0; !signal.aborted; failures += 1) {
    const ending = new AbortController()
    try {
      await agent.run(AbortSignal.any([signal, ending.signal]))
    } catch (error) {
      if (signal.aborted) return
      log.error({ err: error, partyId: agent.partyId }, 'agent failed')
    } finally {
      ending.abort()
    }
    await clock.sleep(1 + backoffSeconds(failures, random), signal).catch(() => undefined)
  }
}
