import {
  type Actor,
  type Clock,
  clockOf,
  createFeed,
  createLogger,
  createRandom,
  type Logger,
  openOps,
} from '@gridloom/kit'
import type { Config } from './config.ts'
import { openDrives } from './lan/open-drives.ts'
import { openSurroundings } from './lan/surroundings.ts'
import { runTicks } from './loops/tick.ts'
import { createMeters } from './metrics.ts'
import { readBoard } from './operations/board.ts'
import { createScheduling, type SchedulingEvent } from './operations/scheduling.ts'
import type { RouteContext } from './routes/context.ts'
import { deviceRoutes } from './routes/devices.ts'
import { eventRoutes } from './routes/events.ts'
import { callerBy, createFace } from './routes/face.ts'
import { scheduleRoutes } from './routes/schedules.ts'
import { serviceRoutes } from './routes/service.ts'
import { openSchedules } from './store/schedules.ts'
import { openStation } from './wan/iec104/open-station.ts'
import { createFollow } from './wan/ieee2030/follow.ts'
import { openMqttFace } from './wan/mqtt/face.ts'
import { openLink } from './wan/mqtt/link.ts'

export type Deps = Readonly<{ clock: Clock; log: Logger }>

/** Starts the scheduling service, and owns its faces, its devices and its store until it is disposed. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const log = overrides.log ?? createLogger('scheduler', config.logLevel)
  const { certs, tls, seed, heartbeatSeconds } = config

  const store = stack.use(openSchedules(config.store))
  const scheduling = createScheduling(readBoard(config), store, clock)
  const feed = stack.use(createFeed<SchedulingEvent>())
  const link = config.mqtt && stack.use(openLink(config.mqtt, log))
  const surroundings = stack.use(openSurroundings({ config, clock, log }))
  const drives = stack.use(openDrives({ config, clock, log, link, scheduling, surroundings }))

  const context: RouteContext = {
    scheduling,
    clock,
    feed,
    callerOf: callerBy(config),
    driveOf: drives.of,
    kindOf: drives.kindOf,
    reload: (caller) => scheduling.reload(readBoard(config), caller),
    refresh: async (device) => follows.find((one) => one.device === device)?.refresh() ?? false,
    maySignal: signallers(config),
  }
  const app = createFace(config, log, (face) => {
    deviceRoutes(face, context)
    scheduleRoutes(face, context)
    eventRoutes(face, context)
    serviceRoutes(face, context)
  })
  const meters = createMeters(app.metrics)
  const follows = config.dcms.map((follow) => {
    const random = createRandom(`${seed}/${follow.device}/2030.5`)
    return stack.use(createFollow({ follow, certs, tls, scheduling, clock, random, log, meters }))
  })
  const mqtt = config.mqtt && link && openMqttFace({ config: config.mqtt, link, scheduling, clock, log, meters })
  stack.use(
    scheduling.listen((event) => {
      meters.hear(event)
      feed.publish(event)
      if (event.kind === 'output' && !event.isRepeat) drives.of(event.output.device).ring()
    }),
  )
  scheduling.repeat()

  stack.defer(() => app.close())
  const url = await app.listen(config.listen)
  const ops = config.ops && stack.use(await openOps({ listen: config.ops, apps: [app] }))
  if (config.iec104) stack.use(await openStation({ config: config.iec104, scheduling, clock, log, meters }))
  stack.use(reloadOnSignal(context, log))

  const ending = new AbortController()
  const { signal } = ending
  const running = Promise.all([
    runTicks({ scheduling, clock, heartbeatSeconds, took: meters.took }, signal),
    drives.run(signal),
    surroundings.run(signal),
    mqtt?.run(signal),
    ...follows.map((follow) => follow.run(signal)),
  ]).then(() => undefined)
  stack.defer(async () => {
    ending.abort()
    await running
  })
  const owned = stack.move()
  return { url, ...(ops && { metrics: ops.url }), ended: running, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Who may set a signal: operators, and those whom the configuration names. */
function signallers({ signals }: Config): RouteContext['maySignal'] {
  const known = new Map(signals.map(({ name, lfdi }) => [name, new Set(lfdi.map((one) => one.toUpperCase()))]))
  return (name, { role }, lfdi) => known.has(name) && (role === 'operator' || (known.get(name)?.has(lfdi) ?? false))
}

function reloadOnSignal({ reload }: Pick<RouteContext, 'reload'>, log: Logger): Disposable {
  const again = async (): Promise<void> => {
    try {
      await reload({ name: 'SIGHUP', role: 'operator' })
      log.info('configuration read again')
    } catch (err) {
      log.error({ err }, 'configuration not read again')
    }
  }
  const listener = (): void => void again()
  process.on('SIGHUP', listener)
  return { [Symbol.dispose]: () => void process.off('SIGHUP', listener) }
}
