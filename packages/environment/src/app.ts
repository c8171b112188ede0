import {
  clockOf,
  createLogger,
  createServer,
  openOps,
  policy,
  type Actor,
  type App,
  type Clock,
  type Logger,
  type Peer,
} from '@gridloom/kit'
import type { Config } from './config.ts'
import { createLiveFeeder } from './domain/surroundings/live-feeder.ts'
import { createPlacement } from './domain/surroundings/placement.ts'
import { createWorld, type World } from './domain/surroundings/world.ts'
import { readFeeder, readHappenings, readProfiles, readSky } from './inputs.ts'
import { runTicks } from './loops/tick.ts'
import { createGauges } from './metrics.ts'
import { exchangeRoutes } from './routes/exchange.ts'
import { stateRoutes } from './routes/state.ts'

export type Deps = Readonly<{ clock: Clock; world: World; log: Logger }>

function createApp({ certs, tls, bodyBytes, clients }: Config, deps: Deps): App {
  const app = createServer({
    name: 'environment',
    certs,
    tls,
    limits: { bodyBytes },
    log: deps.log,
    clients: { kind: 'certificate', allow: isClient(clients) },
  })
  exchangeRoutes(app, deps)
  stateRoutes(app, deps.world)
  return app
}

/** Starts the modelled grid and its face, and owns them until it is disposed. Nothing of it outlives the process. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const log = overrides.log ?? createLogger('environment', config.logLevel)
  const world = overrides.world ?? worldOf(config, config.clock?.start ?? clock.exact())
  const app = createApp(config, { clock, world, log })
  const gauges = createGauges(app.metrics)
  gauges.show(world.advance(clock.exact()))
  stack.defer(() => app.close())
  const url = await app.listen(config.listen)
  const ops = config.ops && stack.use(await openOps({ listen: config.ops, apps: [app] }))

  const ending = new AbortController()
  const running = runTicks({ world, clock, log, gauges, tickSeconds: config.tickSeconds }, ending.signal)
  stack.defer(async () => {
    ending.abort()
    await running
  })
  const owned = stack.move()
  return { url, ...(ops && { metrics: ops.url }), ended: running, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

function worldOf(config: Config, startedAt: number): World {
  const { seed, utcOffsetSeconds, weather, load, area, forgetSeconds, tapSeconds } = config
  const file = readFeeder(config.feeder)
  const live = file && createLiveFeeder({ file, tapSeconds })
  return createWorld({
    startedAt,
    name: file?.name ?? 'none',
    ground: live && { live, placement: createPlacement(live.plan, seed, config.placement) },
    area,
    sky: readSky(weather.file, { seed, utcOffsetSeconds, ...weather }),
    profiles: readProfiles(load.file, { seed, utcOffsetSeconds }),
    ...readHappenings(config.events, config.eventStepSeconds),
    forgetSeconds,
  })
}

function isClient(clients: readonly string[]): (peer: Peer) => boolean {
  const listed = new Set(clients.map((lfdi) => lfdi.toUpperCase()))
  if (listed.size > 0) return ({ lfdi }) => listed.has(lfdi)
  return ({ policies }) => policies.includes(policy.serviceProvider)
}
