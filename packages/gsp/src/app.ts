import type { GspEvent } from '@gridloom/contracts'
import { clockOf, createFeed, createLogger, loadCredentials, openOps, type Actor, type Clock } from '@gridloom/kit'
import { Registry } from 'prom-client'
import { createAdmin } from './admin/create-admin.ts'
import { feeding } from './admin/feeding.ts'
import type { Config } from './config.ts'
import { createFace } from './face.ts'
import { createObey } from './operations/obey.ts'
import { openOperations } from './operations/open-operations.ts'
import { openTrust } from './operations/trust.ts'
import { openResources } from './store/open-resources.ts'
import type { ResourceStore } from './store/resources.ts'
import { createSightings } from './store/sightings.ts'
import { openWitnesses } from './store/witnesses.ts'
import { openReports } from './reports.ts'
import { trustMetrics } from './trust-metrics.ts'
import { openWatch } from './watch.ts'

export type Deps = Readonly<{ clock: Clock; store: ResourceStore }>

/** Starts the faces that the configuration names and owns them until it is disposed. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const certs = loadCredentials(config.certs)
  const kept = overrides.store ?? stack.use(openResources(config.store, config.limits))
  const feed = createFeed<GspEvent>()
  const store = feeding(kept, feed, clock.now)
  const log = createLogger('gsp', config.logLevel)
  const trust = config.dtm && (await openTrust(store))
  const operations = stack.use(await openOperations(config, { store, clock, log, ...(trust && { trust }) }))
  const { reservations } = operations
  const metrics = new Registry()
  const witnesses = await openWitnesses(store)
  const watched = config.dtm && { dtm: config.dtm, tls: config.tls, certs, store, clock, log, metrics, witnesses }
  const reports = watched && stack.use(await openReports(watched))
  if (trust) trustMetrics(metrics, trust)
  const shared = { clock, store, certs, sightings: createSightings(), reservations, trust, reports }

  const face = createFace(config, shared)
  stack.defer(() => face.close())
  const { pen } = config
  const obeying = { ...operations, store, clock, log, pen, self: certs.lfdi, endSessions: face.endSessions }
  const obey = trust && createObey({ ...obeying, trust })
  if (watched && obey) stack.use(openWatch({ ...watched, obey }))
  const url = await face.listen(config.listen)
  const operator = createAdmin({ ...shared, ...operations, obey, config, feed, lfdi: certs.lfdi, url: () => url })
  stack.defer(() => operator.close())
  stack.use(feed)
  const admin = await operator.listen(config.admin)
  const ops = stack.use(await openOps({ listen: config.ops, apps: [face, operator], registries: [metrics] }))

  const owned = stack.move()
  return { url, admin, metrics: ops.url, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
