import type { TrustRegistration } from '@gridloom/contracts'
import {
  clockOf,
  createLogger,
  loadCredentials,
  openDatabase,
  openOps,
  type Actor,
  type Clock,
  type Database,
  type Handshake,
  type Logger,
} from '@gridloom/kit'
import { engineOptionsOf, type Config } from './config.ts'
import { addRoutes, createFace } from './create-face.ts'
import type { SnapshotRecord } from './domain/engine/trust-engine.ts'
import { createTrustEngine } from './domain/engine/create-trust-engine.ts'
import { deliverAlerts } from './loops/deliver-alerts.ts'
import { keepSnapshots, keepTime } from './loops/keep-time.ts'
import { createGauges } from './metrics.ts'
import { createAlertFeed } from './operations/alert-feed.ts'
import { callers } from './operations/callers.ts'
import { createIntake } from './operations/intake.ts'
import { openJudge, type Judge } from './operations/judge.ts'
import { createOwnSightings } from './operations/own-sightings.ts'
import { openAlerts } from './store/alerts.ts'
import { openEventLog } from './store/event-log.ts'
import { openJournal } from './store/journal.ts'
import { openNumbers } from './store/numbers.ts'
import { openRegistrars, type Registrars } from './store/registrars.ts'
import { migrations } from './store/schema.ts'
import { openSnapshots, type Snapshots } from './store/snapshots.ts'

export type Deps = Readonly<{ clock: Clock; log: Logger }>

/** Starts the DTM where it left off and owns it until it is disposed. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const log = overrides.log ?? createLogger('dtm', config.logLevel)
  const credentials = loadCredentials(config.certs)
  const database = stack.use(openDatabase(config.store, migrations))
  const feed = stack.use(createAlertFeed())
  const stores = storesOf(config, database)
  const numbers = openNumbers(database)

  let judge: Judge | undefined
  let see: (handshake: Handshake) => void = () => undefined
  const face = createFace(config, { certs: credentials, log, onHandshake: (handshake) => see(handshake) })
  stack.defer(() => face.close())
  const { judged } = createGauges(face.metrics, () => judge)
  const engine = createTrustEngine(engineOptionsOf(config), recordsOf(stores.snapshots))
  judge = await openJudge({ ...stores, engine, clock, database, told: feed.tell, judged })
  const registrars = openRegistrars(database)
  await enter(judge, { config, registrars, lfdi: credentials.lfdi })

  const intake = createIntake(judge, stores.journal.lastAnswered())
  const callerOf = callers({ ...config, engine })
  const roleOf = (lfdi: string) => engine.registration(lfdi)?.role ?? 'UNKNOWN'
  see = createOwnSightings({ judge, numbers, clock, lfdi: credentials.lfdi, roleOf }).handshake
  addRoutes(face, { ...stores, config, clock, judge, intake, callerOf, feed, numbers, registrars })
  const url = await face.listen(config.listen)
  const ops = config.ops && stack.use(await openOps({ listen: config.ops, apps: [face] }))

  const ending = new AbortController()
  const { signal } = ending
  const { alerts } = stores
  const deliveries = config.subscribers.map((subscriber) =>
    deliverAlerts({ subscriber, config, credentials, clock, alerts, feed, log }, signal),
  )
  const loops = [keepTime(judge, clock, signal), keepSnapshots(judge, clock, config.snapshotSeconds, signal)]
  const running = Promise.all([...loops, ...deliveries]).then(() => undefined)
  const ended = Promise.race([running, judge.failed])
  stack.defer(async () => {
    ending.abort()
    await running
    await judge.settled()
  })
  const owned = stack.move()
  return { url, ...(ops && { metrics: ops.url }), ended, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

function storesOf(config: Config, database: Database) {
  return {
    journal: openJournal(database, config.journalBytes),
    log: openEventLog(database),
    alerts: openAlerts(database),
    snapshots: openSnapshots(database),
  }
}

function* recordsOf(snapshots: Snapshots): Iterable<SnapshotRecord> {
  const latest = snapshots.latest()
  if (!latest) return
  for (const record of snapshots.records(latest.generation)) yield JSON.parse(record) as SnapshotRecord
}

type Entering = Readonly<{ config: Config; registrars: Registrars; lfdi: string }>

/** Enters itself, the operators and whoever the configuration names, and tells the engine that it was away. */
async function enter(judge: Judge, { config, registrars, lfdi }: Entering): Promise<void> {
  const { operators, registry } = config
  const own: readonly TrustRegistration[] = [
    { lfdi, role: 'DTM' },
    ...operators.map((operator) => ({ lfdi: operator, role: 'OPR' as const })),
  ]
  const entries = [...own, ...registry].filter((entry) => judge.engine.registration(entry.lfdi)?.role !== entry.role)
  const lfdis = entries.map((entry) => entry.lfdi)
  if (entries.length > 0)
    await judge.submit({ register: entries }, undefined, (sql) => registrars.store(sql, lfdis, lfdi))
  await judge.submit({ resume: true })
  await judge.settled()
}
