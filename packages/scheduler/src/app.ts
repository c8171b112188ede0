import { isEmulated, openDevice, type Device } from '@gridloom/devices'
import { type Actor, clockOf, type Clock, createLogger, createRandom, type Logger, openOps } from '@gridloom/kit'
import type { Config } from './config.ts'
import { createFeed } from './feed.ts'
import { createDrive, type Drive } from './lan/drive.ts'
import { outputsOf } from './lan/setpoint-of.ts'
import { runTicks } from './loops/tick.ts'
import { createMeters } from './metrics.ts'
import { createTopicDevice } from './lan/topic-device.ts'
import { type Link, openLink } from './wan/mqtt/link.ts'
import { openMqttFace } from './wan/mqtt/face.ts'
import { readBoard } from './operations/board.ts'
import { createScheduling, type Scheduling } from './operations/scheduling.ts'
import { deviceRoutes } from './routes/devices.ts'
import { eventRoutes } from './routes/events.ts'
import { callerBy, createFace } from './routes/face.ts'
import { scheduleRoutes } from './routes/schedules.ts'
import { serviceRoutes } from './routes/service.ts'
import { openSchedules } from './store/schedules.ts'
import { SchedulingError } from './domain/scheduling-error.ts'

export type Deps = Readonly<{ clock: Clock; log: Logger }>

/** Starts the scheduling service, and owns its faces, its devices and its store until it is disposed. */
export async function start(config: Config, overrides: Partial<Deps> = {}): Promise<Actor> {
  await using stack = new AsyncDisposableStack()
  const clock = overrides.clock ?? clockOf(config.clock)
  const log = overrides.log ?? createLogger('scheduler', config.logLevel)
  const store = stack.use(openSchedules(config.store))
  const scheduling = createScheduling(readBoard(config), store, clock)
  const feed = stack.use(createFeed())
  const link = config.mqtt && stack.use(openLink(config.mqtt, log))
  const drives = new Map(
    config.devices.map((one) => {
      const device = stack.use(openLan(one, { config, clock, link, scheduling }))
      return [one.name, driveOf(one, device, { config, clock, log, scheduling })] as const
    }),
  )
  const driven = (device: string): Drive => {
    const drive = drives.get(device)
    if (!drive) throw new SchedulingError('missing', `no device "${device}"`)
    return drive
  }
  const signals = new Map(config.signals.map(({ name, lfdi }) => [name, new Set(lfdi.map((one) => one.toUpperCase()))]))

  const context = {
    scheduling,
    feed,
    callerOf: callerBy(config),
    driveOf: driven,
    kindOf: (name: string) => config.devices.find((one) => one.name === name)?.device.kind ?? '',
    reload: (caller: Parameters<Scheduling['reload']>[1]) => scheduling.reload(readBoard(config), caller),
    refresh: async () => false,
    maySignal: (name: string, { role }: Readonly<{ role: string }>, lfdi: string) =>
      signals.has(name) && (role === 'operator' || (signals.get(name)?.has(lfdi) ?? false)),
  }
  const app = createFace(config, log, (face) => {
    deviceRoutes(face, context)
    scheduleRoutes(face, context)
    eventRoutes(face, context)
    serviceRoutes(face, context)
  })
  const meters = createMeters(app.metrics)
  stack.use(
    scheduling.listen((event) => {
      meters.hear(event)
      feed.publish(event)
      if (event.kind === 'output' && !event.isRepeat) drives.get(event.output.device)?.ring()
    }),
  )
  scheduling.repeat()
  stack.defer(() => app.close())
  const url = await app.listen(config.listen)
  const ops = config.ops && stack.use(await openOps({ listen: config.ops, apps: [app] }))
  const reloadOnSignal = (): void => {
    void context
      .reload({ name: 'signal', role: 'operator' })
      .then(() => log.info('configuration read again'))
      .catch((err: unknown) => log.error({ err }, 'configuration not read again'))
  }
  process.on('SIGHUP', reloadOnSignal)
  stack.defer(() => void process.off('SIGHUP', reloadOnSignal))

  const mqtt = config.mqtt && link && openMqttFace({ config: config.mqtt, link, scheduling, clock, log, meters })
  const ending = new AbortController()
  const { heartbeatSeconds } = config
  const running = Promise.all([
    runTicks({ scheduling, clock, heartbeatSeconds, took: meters.took }, ending.signal),
    ...[...drives.values()].map((drive) => drive.run(ending.signal)),
    ...(mqtt ? [mqtt.run(ending.signal)] : []),
  ]).then(() => undefined)
  stack.defer(async () => {
    ending.abort()
    await running
  })
  const owned = stack.move()
  return { url, ...(ops && { metrics: ops.url }), ended: running, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

type LanScene = Readonly<{ config: Config; clock: Clock; link: Link | undefined; scheduling: Scheduling }>

function openLan({ name, device }: Config['devices'][number], { config, clock, link, scheduling }: LanScene): Device {
  if (device.kind !== 'topic') {
    return isEmulated(device) ? openDevice(device, { now: clock.now }) : openDevice(device, { now: clock.now })
  }
  if (!config.mqtt || !link) throw new SchedulingError('bad-configuration', `device "${name}" needs the broker of mqtt`)
  const { kind: _, ...ratings } = device
  const outputs = () => scheduling.outputs(name)
  return createTopicDevice({ name, site: config.mqtt.site, link, outputs, now: clock.now, ...ratings })
}

type Scene = Readonly<{ config: Config; clock: Clock; log: Logger; scheduling: Scheduling }>

function driveOf(
  { name, maxChargeW }: Config['devices'][number],
  device: Device,
  { config, clock, log, scheduling }: Scene,
): Drive {
  const { heartbeatSeconds, pollSeconds, seed } = config
  return createDrive({
    name,
    device,
    maxChargeW,
    outputs: () => outputsOf(scheduling.outputs(name)),
    clock,
    random: createRandom(`${seed}/${name}`),
    log,
    heartbeatSeconds,
    pollSeconds,
    alarmed: (message) => scheduling.alarm(name, message),
  })
}
