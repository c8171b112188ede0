import { TakeoverAnswer, type RegisteredPeer } from '@gridloom/contracts'
import {
  clockOf,
  createClient,
  createLogger,
  createRandom,
  createServer,
  describeApi,
  loadCredentials,
  openOps,
  peerLfdi,
  policy,
  serveApi,
  type Actor,
  type App,
  type Clock,
  type Logger,
  type Peer,
} from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import { z } from 'zod'
import { createBootstrap, type Bootstrap } from './bootstrap.ts'
import type { Config, Elsewhere } from './config.ts'
import { createHosts, type Hosts } from './hosts.ts'
import { greet } from './loops/greet.ts'
import type { Neighbour } from './loops/lend.ts'
import { steer } from './loops/steer.ts'
import { createTrustWatch } from './loops/watch-trust.ts'
import { createGauges } from './metrics.ts'
import { createRegion, type Region } from './region.ts'
import { joinRoutes } from './routes/join.ts'
import { peerRoutes } from './routes/peers.ts'
import { regionRoutes } from './routes/regions.ts'
import { createSteering, type Steering } from './steering.ts'
import { openMembers, type MemberStore } from './store/members.ts'

export type Deps = Readonly<{ clock: Clock; log: Logger; store: MemberStore }>

const description =
  'Regions that balance themselves: peers report, trackers decide. Power in kW, times in seconds since 1970.'

/** Starts the bootstrap and the trackers of the configuration, and owns them until it is disposed. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const log = overrides.log ?? createLogger('tracker', config.logLevel)
  const store = overrides.store ?? stack.use(openMembers(config.store))
  const credentials = loadCredentials(config.certs)
  const hosts = stack.use(createHosts(config, credentials))
  let url = config.url ?? ''
  const self = { url: () => url, host: credentials.lfdi }

  const app = createServer({
    name: 'tracker',
    certs: credentials,
    tls: config.tls,
    log,
    limits: { bodyBytes: 64 * 1_048_576 },
    clients: { kind: 'certificate', allow: isClient(config.clients) },
  })
  describeApi(app, { title: 'Gridloom tracker', description })
  const gauges = createGauges(app.metrics)
  const watch = createTrustWatch(dtmOf(config, { clock, log, stack }))
  const shared = { config, self, now: clock.exact, trust: watch.of, log, gauges }
  const regions = await Promise.all(
    config.regions.map(async (own) => {
      const epoch = await store.nextEpoch(own.region)
      return createRegion({ ...shared, own, epoch, known: store.members(own.region) })
    }),
  )
  const steering = createSteering(regions, store)
  route(app, { config, steering, hosts, store, self })
  stack.defer(() => app.close())
  const listening = await app.listen(config.listen)
  url ||= listening
  const ops = config.ops && stack.use(await openOps({ listen: config.ops, apps: [app] }))

  const ending = new AbortController()
  const { periodSeconds, ackSeconds, leaseSeconds } = config
  const count = config.bootstrap?.regions ?? Math.max(...config.regions.map(({ region }) => region)) + 1
  const beat = { steering, hosts, clock, log, periodSeconds, ackSeconds, leaseSeconds, self, regions: count }
  const loops = regions.flatMap((region) => [
    steer({ ...beat, region, neighbours: neighboursOf(region, steering, hosts) }, ending.signal),
    greet({ ...beat, region }, ending.signal),
  ])
  const running = Promise.all([...loops, watch.run(ending.signal)]).then(() => undefined)
  stack.defer(async () => {
    ending.abort()
    await running
  })
  const owned = stack.move()
  return {
    url: listening,
    ...(ops && { metrics: ops.url }),
    ...(regions.length > 0 && { ended: running }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

type Routed = Readonly<{
  config: Config
  steering: Steering
  hosts: Hosts
  store: MemberStore
  self: Readonly<{ url: () => string; host: string }>
}>

function route(app: App, { config, steering, hosts, store, self }: Routed): void {
  const register = async (number: number, peers: readonly RegisteredPeer[]) => {
    if (steering.has(number)) {
      await steering.register(number, peers)
      return { url: self.url(), lfdi: self.host }
    }
    const tracker = config.bootstrap?.trackers.find(({ region }) => region === number)
    if (!tracker) throw new Error('nobody steers it')
    const limit = AbortSignal.timeout(5000)
    await hosts.post(farOf(tracker), `/regions/${number}/register`, { peers }, z.object({}), limit)
    return { url: tracker.url, lfdi: tracker.lfdi }
  }
  const bootstrap: Bootstrap | undefined =
    config.bootstrap && createBootstrap({ config: config.bootstrap, store, register })
  serveApi(app, (face) => {
    joinRoutes(face, bootstrap, peerLfdi)
    peerRoutes(face, steering, peerLfdi, config.bootstraps)
    regionRoutes(face, steering, peerLfdi)
  })
}

/** Regions of the same process are next door without a wire. */
function neighboursOf(region: Region, steering: Steering, hosts: Hosts): readonly Neighbour[] {
  const near = steering.all().filter((other) => other !== region)
  return [
    ...near.map((other) => ({
      region: other.number,
      takeover: async (ask: Parameters<Region['takeover']>[0]) => other.takeover(ask),
    })),
    ...region.neighbours.map((far): Neighbour => ({
      region: far.region,
      takeover: (ask, signal) => hosts.post(farOf(far), `/regions/${far.region}/takeover`, ask, TakeoverAnswer, signal),
    })),
  ]
}

function farOf({ url, lfdi }: Elsewhere) {
  return { url, host: lfdi }
}

function dtmOf(
  { dtm, certs, tls }: Config,
  { clock, log, stack }: Readonly<{ clock: Clock; log: Logger; stack: AsyncDisposableStack }>,
) {
  if (!dtm) return undefined
  const { url: origin, lfdi, name, lookSeconds } = dtm
  const identity = {
    ...(name !== undefined && { serverName: name }),
    ...(lfdi !== undefined && { serverLfdi: parseLfdi(lfdi) }),
  }
  const client = stack.use(
    createClient({ origin, certs, tls, ...identity, mediaType: 'application/json', totalSeconds: 10 }),
  )
  return { client, clock, random: createRandom('tracker/dtm'), log, lookSeconds }
}

function isClient(clients: readonly string[]): (peer: Peer) => boolean {
  const listed = new Set(clients)
  if (listed.size > 0) return ({ lfdi }) => listed.has(lfdi)
  return ({ policies }) => policies.includes(policy.serviceProvider)
}
