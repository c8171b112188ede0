import type { DeviceSchedule, FleetControl, FleetDevice } from '@gridloom/contracts'
import type { Device, DeviceStatus, Ratings } from '@gridloom/devices'
import type { Client, Clock, Credentials, Database, Logger, Random, Standing } from '@gridloom/kit'
import type { FlowReservationResponse, Lfdi, Pin } from '@gridloom/sep2030'
import { createActuator } from './actuator.ts'
import type { Config } from './config.ts'
import { deviceScheduleOf } from './domain/device-schedule.ts'
import { findSelf } from './domain/find-self.ts'
import { fixedDefaultOf } from './domain/fixed-default.ts'
import { checkPin } from './domain/pin.ts'
import { errandOf, type Posture } from './domain/posture.ts'
import { isOpen, type Wish } from './domain/reservation.ts'
import { stateOf, type Observation } from './domain/portrait.ts'
import { fullMrid, type LiveEvent } from './domain/scheduling/event.ts'
import type { Kind } from './domain/tree.ts'
import { createEnergyMeter, type EnergyMeter } from './energy-meter.ts'
import { guardDevice } from './guard.ts'
import { createKnowledge } from './knowledge.ts'
import { createDrive, type Schedules } from './loops/drive.ts'
import { follow } from './loops/follow.ts'
import { createAlarmLog } from './loops/log-alarms.ts'
import { createLook } from './loops/look.ts'
import { createMeter } from './loops/meter.ts'
import { createObserve } from './loops/observe.ts'
import { createRegister } from './loops/register.ts'
import { createReserve, type Reserve } from './loops/reserve.ts'
import { createRespond } from './loops/respond.ts'
import { createWalk } from './loops/walk.ts'
import { createOrders, type Orders } from './orders.ts'
import { createReporting } from './reporting.ts'
import { createSession } from './session.ts'
import { createStance } from './stance.ts'
import { journalOf } from './store/journal.ts'
import { readingRing } from './store/readings.ts'
import { registersOf } from './store/registers.ts'

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
  kind: Device['capability']['kind']
  /** What the device is set to be able to do. */
  ratings(): Ratings
  /** What it did when it was asked last; undefined while it does not answer. */
  status(): DeviceStatus | undefined
  reserve: Reserve
  /** What the market or a region asks of the device. */
  orders: Orders
  /** What its meter counted between two instants of server time. */
  energy: EnergyMeter['energy']
  serverNow(): number
  schedules(): Schedules
  /** What its programs come to, for one who carries it out by schedules. */
  schedule(): DeviceSchedule
  /** The user leaves or joins an event again; undefined when the device has no such event that is not over. */
  choose(choice: 'optOut' | 'optIn', mRID: string): LiveEvent | undefined
  /** The flows that the server grants at present. */
  grants(): readonly FlowReservationResponse[]
  /** How it takes its server and its device at present. */
  posture(): Posture
  /** Takes over how all stand with the DTM, of whom some have just changed. */
  heed(standings: readonly Standing[], changed: readonly Standing[]): Promise<void>
  /** Asks the device what it does, and tells the meter, the reports and the feed. */
  tick(): Promise<void>
  /** Follows the server until the signal ends it. */
  run(signal: AbortSignal): Promise<void>
}>

export function createDcm(options: DcmOptions): Dcm {
  const { config, name, credentials, device, clock, random, log, tell, deviceCategory, nmi } = options
  const { lfdi, sfdi } = credentials
  const { profile, pen, leastPollSeconds: least, server } = config
  const journal = journalOf(options.database, lfdi)
  const session = createSession({ client: options.client, clock, profile })
  const self = findSelf(lfdi, sfdi)
  const knowledge = createKnowledge({ journal, clock, dcap: server.dcap, findSelf: self })
  const { view, serverNow, whenServer } = knowledge
  const pinCheck = () => checkPin(view(), options.pin)
  const isTrusted = () => pinCheck() !== 'wrong'
  const shared = { session, journal, clock, random, log, serverNow, whenServer, view, isTrusted, least, lfdi, pen }

  let isReachable: boolean | undefined
  const heard = (reached: boolean) => void (isReachable = reached)
  const walk = createWalk({ ...shared, dcap: server.dcap, findSelf: self, known: knowledge.known, heard })
  const soon = (kind: Kind) => () => walk.soon(kind)

  const inBand = config.register
  const register = createRegister({ ...shared, sfdi, deviceCategory, inBand, changed: soon('EndDeviceList') })
  const reserve = createReserve({ ...shared, changed: soon('FlowReservationResponseList') })
  const respond = createRespond({
    ...shared,
    accepted: ({ subject, status, at }) => tell({ event: 'control', mRID: subject, lfdi, status, at }),
  })
  const serverLfdi = () => options.client.server() ?? server.lfdi?.toUpperCase()
  const stance = createStance({
    journal,
    self: lfdi,
    server: serverLfdi,
    controls: () => drive.schedules().controls,
    assigned: () => view().assigned,
  })
  const limits = config.fixedDefault
  const fixed = fixedDefaultOf(limits)
  const guarded = guardDevice({ device, log, limits, server: () => stance.posture().server })
  const actuator = createActuator(guarded, log)
  const orders = createOrders({ ...shared, changed: () => drive.ring() })
  const drive = createDrive({
    ...shared,
    actuator,
    device: { kind: device.capability.kind, settings: device.settings },
    orders,
    stance,
    profile: { lfdi, deviceCategory, modes: device.settings.modesEnabled },
    fixed,
    assigned: () => view().assigned,
    awaitsFlow: () => reserve.reservations().some((one) => isOpen(one, serverNow())),
    owes: respond.ring,
    turned(kind) {
      walk.soon(kind === 'DERControl' ? 'DERControlList' : 'FlowReservationResponseList')
      reporter.ring()
    },
  })
  const mirror = { lfdi, pen, hasStorage: hasStorage(device) }
  const ring = readingRing(options.database, lfdi)
  const meter = createMeter({ ...shared, ring, mirror, changed: soon('MirrorUsagePointList') })
  const registers = registersOf(options.database, lfdi)
  const energyMeter = createEnergyMeter({ registers, ahead: () => serverNow() - clock.now() })
  const alarms = createAlarmLog(shared)
  const observe = createObserve(device, log)
  const { reservations } = reserve
  const flows = () => drive.schedules().flows
  const reporter = createReporting({ ...shared, device, observe, profile, nmi, flows, reservations })

  const situation = (observation: Observation) => {
    const { setpoint, control, order } = drive.brought()
    const isRuled = (control ?? order) !== undefined
    const state = stateOf({ observation, pin: pinCheck(), isReachable, view: view(), isRuled })
    return {
      name,
      lfdi,
      kind: device.capability.kind,
      state,
      ...(control !== undefined && { control }),
      ...(order && { source: order.source, order: order.mRID }),
      setpoint,
      at: serverNow(),
    }
  }
  const restore = () => {
    actuator.forget()
    drive.ring()
  }

  const errands = {
    /** What the server knows of us is written anew, the clock is read again, the device is told again. */
    resync() {
      for (const kind of ['Time', 'DERList'] as const) walk.soon(kind)
      reporter.forget()
      reporter.ring()
      restore()
    },
    reconnect: () => options.client.renew(),
  }

  // What was asked for before the last stop is not asked for again.
  const wishes = reservations().length > 0 ? [] : [...options.flowReservations]
  const swept = async (isNew: boolean): Promise<void> => {
    if (isNew) reporter.forget()
    if (isNew) meter.retry()
    if (view().self) for (const wish of wishes.splice(0)) await reserve.ask({ ...wish, start: serverNow() })
    for (const loop of [reporter, meter, respond, reserve, alarms]) loop.ring()
  }
  const followed = {
    walk,
    knowledge,
    log,
    server: server.url,
    register,
    isTrusted,
    reservations,
    take: drive.take,
    swept,
  }

  return {
    name,
    lfdi,
    kind: device.capability.kind,
    ratings: () => device.settings,
    status() {
      const latest = observe.latest()
      return latest?.kind === 'seen' ? latest.status : undefined
    },
    reserve,
    orders,
    energy: energyMeter.energy,
    serverNow,
    schedules: drive.schedules,
    schedule() {
      const [schedule, known] = [drive.schedules().controls, view().knowsAssigned]
      const { settings } = device
      return deviceScheduleOf({ name, lfdi, now: serverNow(), schedule, settings, known, fixed: fixed.base })
    },
    choose(choice, mRID) {
      const event = drive.schedules().controls.events.find((each) => each.mRID === fullMrid(mRID))
      if (event) drive.take({ controls: [{ type: choice, event: event.key }], flows: [] })
      return event
    },
    grants: () => view().grants,
    posture: stance.posture,
    async heed(standings, changed) {
      const before = JSON.stringify(stance.posture())
      await stance.settle(standings)
      const due = new Set(changed.map((standing) => errandOf(standing, { self: lfdi, server: serverLfdi() })))
      for (const errand of due) if (errand) errands[errand]()
      if (before === JSON.stringify(stance.posture())) return
      log.warn(stance.posture(), 'posture changed')
      restore()
    },
    tick: createLook({ observe, meter, energyMeter, alarms, reporter, restore, situation, tell }),
    async run(signal) {
      const loops = [drive, respond, reporter, meter, reserve, alarms]
      await Promise.all([follow(followed, signal), ...loops.map((loop) => loop.run(signal))])
    },
  }
}

function hasStorage({ capability: { kind } }: Device): boolean {
  return kind === 'storage' || kind === 'pv-storage'
}
