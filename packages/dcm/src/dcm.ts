import type { FleetControl, FleetDevice } from '@gridloom/contracts'
import type { Device, DeviceStatus } from '@gridloom/devices'
import type { Client, Clock, Credentials, Database, Logger, Random } from '@gridloom/kit'
import type { FlowReservationResponse, Lfdi, Pin } from '@gridloom/sep2030'
import { createActuator } from './actuator.ts'
import type { Config } from './config.ts'
import { findSelf } from './domain/find-self.ts'
import { fixedDefaultOf } from './domain/fixed-default.ts'
import { checkPin } from './domain/pin.ts'
import { reportsOf, type Report } from './domain/reports.ts'
import { isOpen, type Wish } from './domain/reservation.ts'
import { portraitOf, stateOf } from './domain/portrait.ts'
import { rulersOf } from './domain/target.ts'
import { createFlowMeter } from './flow-meter.ts'
import { createKnowledge } from './knowledge.ts'
import { createDrive, type Schedules } from './loops/drive.ts'
import { follow } from './loops/follow.ts'
import { createAlarmLog } from './loops/log-alarms.ts'
import { createMeter } from './loops/meter.ts'
import { createObserve } from './loops/observe.ts'
import { createRegister } from './loops/register.ts'
import { createReporter } from './loops/report.ts'
import { createReserve, type Reserve } from './loops/reserve.ts'
import { createRespond } from './loops/respond.ts'
import { createWalk } from './loops/walk.ts'
import { createSession } from './session.ts'
import { journalOf } from './store/journal.ts'
import { readingRing } from './store/readings.ts'

export type DcmOptions = Readonly<{
  config: Config
  name: string
  credentials: Credentials
  pin: Pin | undefined
  nmi: string | undefined
  deviceCategory: string
  /** What to ask for once the server knows the device; windows begin then. */
  flowReservations: readonly Omit<Wish, 'start'>[]
  device: Device
  client: Client
  database: Database
  clock: Clock
  random: Random
  log: Logger
  tell: (event: FleetDevice | FleetControl) => void
}>

/** One Distributed Control Module: a 2030.5 client with one device. */
export type Dcm = Readonly<{
  name: string
  lfdi: Lfdi
  kind: string
  reserve: Reserve
  serverNow(): number
  schedules(): Schedules
  /** The flows that the server grants at present. */
  grants(): readonly FlowReservationResponse[]
  /** Asks the device what it does, and tells the meter, the reports and the feed. */
  tick(): Promise<void>
  /** Follows the server until the signal ends it. */
  run(signal: AbortSignal): Promise<void>
}>

export function createDcm(options: DcmOptions): Dcm {
  const { config, name, credentials, device, clock, random, log, tell } = options
  const { lfdi, sfdi } = credentials
  const { profile, pen, leastPollSeconds: least } = config
  const journal = journalOf(options.database, lfdi)
  const session = createSession({ client: options.client, clock, profile })
  const self = findSelf(lfdi, sfdi)
  const { dcap } = config.server
  const knowledge = createKnowledge({ journal, clock, dcap, findSelf: self })
  const { view, serverNow, whenServer } = knowledge
  const { nmi } = options
  const startedAt = clock.now()
  let isReachable: boolean | undefined

  const pinCheck = () => checkPin(view(), options.pin)
  const isTrusted = () => pinCheck() !== 'wrong'
  const shared = { session, journal, clock, random, log, serverNow, whenServer, view, isTrusted, least, lfdi, pen }

  const walk = createWalk({
    ...shared,
    dcap,
    findSelf: self,
    ...(knowledge.known && { known: knowledge.known }),
    heard: (reached) => (isReachable = reached),
  })
  const register = createRegister({
    ...shared,
    sfdi,
    deviceCategory: options.deviceCategory,
    inBand: config.register,
    changed: () => walk.soon('EndDeviceList'),
  })
  const reserve = createReserve({ ...shared, changed: () => walk.soon('FlowReservationResponseList') })
  const respond = createRespond({
    ...shared,
    accepted: ({ subject, status, at }) => tell({ event: 'control', mRID: subject, lfdi, status, at }),
  })
  const actuator = createActuator(device, log)
  const drive = createDrive({
    ...shared,
    actuator,
    profile: { lfdi, deviceCategory: options.deviceCategory, modes: device.settings.modesEnabled },
    fixed: fixedDefaultOf(config.fixedDefault),
    assigned: () => view().assigned,
    awaitsFlow: () => reserve.reservations().some((one) => isOpen(one, serverNow())),
    owes: respond.ring,
    turned(kind) {
      walk.soon(kind === 'DERControl' ? 'DERControlList' : 'FlowReservationResponseList')
      reporter.ring()
    },
  })
  const hasStorage = device.capability.kind === 'storage' || device.capability.kind === 'pv-storage'
  const meter = createMeter({
    ...shared,
    ring: readingRing(options.database, lfdi),
    mirror: { lfdi, pen, hasStorage },
    changed: () => walk.soon('MirrorUsagePointList'),
  })
  const alarms = createAlarmLog(shared)
  const observe = createObserve(device, log)
  const progressOf = createFlowMeter()

  const seen = (): DeviceStatus | undefined => {
    const latest = observe.latest()
    // The device counts in our time, its reports in the server's.
    return latest?.kind === 'seen' ? { ...latest.status, at: latest.status.at + serverNow() - clock.now() } : undefined
  }
  const reports = (): readonly Report[] => {
    if (!isTrusted() || !view().self) return []
    const { capability, settings } = device
    const now = serverNow()
    const flow = progressOf(drive.schedules().flows, reserve.reservations(), { status: seen(), now })
    return reportsOf({ view: view(), capability, settings, seen: seen(), lfdi, profile, startedAt, now, nmi, flow })
  }
  const reporter = createReporter({ ...shared, reports })

  // What was asked for before the last stop is not asked for again.
  const wishes = reserve.reservations().length > 0 ? [] : [...options.flowReservations]
  const swept = async (isNew: boolean): Promise<void> => {
    if (isNew) {
      reporter.forget()
      meter.retry()
    }
    if (view().self) for (const wish of wishes.splice(0)) await reserve.ask({ ...wish, start: serverNow() })
    for (const loop of [reporter, meter, respond, reserve, alarms]) loop.ring()
  }
  const followed = {
    walk,
    knowledge,
    log,
    register,
    isTrusted,
    swept,
    take: drive.take,
    reservations: reserve.reservations,
  }

  return {
    name,
    lfdi,
    kind: device.capability.kind,
    reserve,
    serverNow,
    schedules: drive.schedules,
    grants: () => view().grants,
    async tick() {
      const { observation, isNews, isBack } = await observe.sample()
      if (isBack) actuator.forget()
      if (isBack) drive.ring()
      if (isNews) reporter.ring()
      if (observation.kind === 'seen') {
        meter.see(observation.status)
        await alarms.see(observation.status.alarms)
      }
      const { controls, flows } = drive.schedules()
      const [control] = [...rulersOf(controls), ...rulersOf(flows)]
      const state = stateOf({ observation, pin: pinCheck(), isReachable, view: view(), isRuled: control !== undefined })
      tell({
        ...portraitOf(observation),
        name,
        lfdi,
        kind: device.capability.kind,
        state,
        ...(control && { control }),
        setpoint: actuator.setpoint(),
        at: serverNow(),
      })
    },
    async run(signal) {
      const loops = [drive, respond, reporter, meter, reserve, alarms]
      const following = follow({ ...followed, server: config.server.url }, signal)
      await Promise.all([following, ...loops.map((loop) => loop.run(signal))])
    },
  }
}
