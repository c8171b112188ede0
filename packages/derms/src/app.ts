import type { DermsEvent } from '@gridloom/contracts'
import {
  clockOf,
  createFeed,
  createLogger,
  loadCredentials,
  openOps,
  type Actor,
  type Clock,
  type Logger,
} from '@gridloom/kit'
import type { Config } from './config.ts'
import { askedAt, inForce, isOver, type Running } from './domain/services/running.ts'
import type { Elsewhere } from './domain/services/candidates.ts'
import { createGsp } from './links/gsp.ts'
import { openPeer, type Peer, type PeerConfig } from './links/peer.ts'
import { runServices } from './loops/run.ts'
import { createMeters } from './metrics.ts'
import { createAccuse } from './operations/accuse.ts'
import type { Context } from './operations/context.ts'
import { createDesk } from './operations/desk.ts'
import { createFleet } from './operations/fleet.ts'
import { createSides } from './operations/sides.ts'
import type { RouteContext } from './routes/context.ts'
import { eventRoutes } from './routes/events.ts'
import { createFace, operatorBy } from './routes/face.ts'
import { fleetRoutes } from './routes/fleet.ts'
import { serviceRoutes } from './routes/services.ts'
import { openServices } from './store/services.ts'

export type Deps = Readonly<{ clock: Clock; log: Logger }>

/** Starts the DERMS where its store left it, and owns it until it is disposed. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const log = overrides.log ?? createLogger('derms', config.logLevel)
  const certs = loadCredentials(config.certs)
  const open = (peer: PeerConfig): Peer => stack.use(openPeer(peer, certs))

  const store = stack.use(openServices(config.store))
  const services = new Map(store.all().map((running) => [running.service.id, running]))
  const { dtm, tracker, market, scheduler, environment } = config
  const peers = {
    ...(dtm && { dtm: open(dtm) }),
    ...(tracker && { tracker: open(tracker) }),
    ...(market && { market: open(market) }),
    ...(scheduler && { scheduler: open(scheduler) }),
    ...(environment && { environment: open(environment) }),
  }
  const gsp = createGsp(open(config.gsp))
  const sides = createSides({ peers, config, log })
  const wasMoved = (lfdi: string, time: number) => wasMovedBy(services.values(), lfdi, time)
  const fleet = createFleet({ gsp, store, sides, wasMoved, beforeSeconds: config.baselineSeconds + 60 })
  const feed = stack.use(createFeed<DermsEvent>())
  let hear: ReturnType<typeof createMeters> | undefined
  const context: Context = {
    config,
    clock,
    log,
    store,
    gsp,
    fleet,
    accuse: createAccuse({ peer: peers.dtm, own: certs.lfdi, log }),
    publish: (event) => {
      feed.publish(event)
      hear?.(event)
    },
    elsewhere: (running) => elsewhere(services.values(), running, clock.exact()),
    followers: new Map(),
  }
  const desk = createDesk({ context, services })
  const routes: RouteContext = { config, clock, desk, fleet, feed, store, services, operatorOf: operatorBy(config) }
  const app = createFace(config, log, (face) => {
    serviceRoutes(face, routes)
    fleetRoutes(face, routes)
    eventRoutes(face, routes)
  })
  hear = createMeters(app.metrics, { fleet, services })
  stack.defer(() => app.close())
  stack.defer(() => feed[Symbol.dispose]())
  const url = await app.listen(config.listen)
  const ops = config.ops && stack.use(await openOps({ listen: config.ops, apps: [app] }))

  const ending = new AbortController()
  const { pollSeconds } = config
  const running = runServices({ fleet, sides, desk, clock, log, pollSeconds }, ending.signal)
  stack.defer(async () => {
    ending.abort()
    await running
    await fleet.save()
  })
  const owned = stack.move()
  return { url, ...(ops && { metrics: ops.url }), ended: running, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Whether an order of any service ruled a DER at a moment. */
function wasMovedBy(services: Iterable<Running>, lfdi: string, time: number): boolean {
  for (const { service, trail } of services) {
    if (time >= service.end) continue
    const asked = askedAt(trail[lfdi], time)
    if (asked && asked.W !== null && asked.steering !== 'none') return true
  }
  return false
}

const nothing: Elsewhere = { isMoved: false, heldUpW: 0, heldDownW: 0 }

/** What other services that run at the same time have of each DER. */
function elsewhere(services: Iterable<Running>, { service: own }: Running, now: number): (lfdi: string) => Elsewhere {
  const from = Math.max(own.start, now)
  const has = new Map<string, Elsewhere>()
  const add = (lfdi: string, more: Partial<Elsewhere>): void => {
    const { isMoved, heldUpW, heldDownW } = has.get(lfdi) ?? nothing
    has.set(lfdi, {
      isMoved: isMoved || more.isMoved === true,
      heldUpW: heldUpW + (more.heldUpW ?? 0),
      heldDownW: heldDownW + (more.heldDownW ?? 0),
    })
  }
  for (const { service, held } of services) {
    const isOther = service.id !== own.id && !isOver(service) && service.start < own.end && from < service.end
    if (!isOther) continue
    for (const { lfdi, steering } of inForce(service)) if (steering !== 'none') add(lfdi, { isMoved: true })
    const { request } = service
    // who follows a signal follows nothing else
    if (request.kind === 'regulation') for (const lfdi of Object.keys(held)) add(lfdi, { isMoved: true })
    if (request.kind !== 'reserve') continue
    for (const [lfdi, W] of Object.entries(held))
      add(lfdi, { [request.direction === 'up' ? 'heldUpW' : 'heldDownW']: W })
  }
  return (lfdi) => has.get(lfdi) ?? nothing
}
