import { setTimeout as sleep } from 'node:timers/promises'
import { DeviceError } from '../../device.ts'
import { basic } from '../codec/basic.ts'
import { queryMaxPayload } from '../codec/data-link.ts'
import { typeQuery } from '../codec/frame.ts'
import type { ResponseCode } from '../codec/intermediate.ts'
import type { Message } from '../codec/message.ts'
import { epoch2000 } from '../codec/scales.ts'
import { type BusEvent, type DrivenLink, driveLink, type Exchanged } from '../link/drive-link.ts'
import { openPort, type PortConfig } from '../link/port.ts'
import { defaultTiming, type Timing } from '../link/timing.ts'
import { type Appliance, learn, unknownAppliance } from './appliance.ts'

export type SessionOptions = Readonly<{
  port: PortConfig
  /** Seconds since 1970, for what is told and noted; the link itself keeps real time. */
  now: () => number
  timing?: Partial<Timing>
  echo?: boolean
  /** Real seconds between two rounds of outside status, operational state and commodities. */
  pollSeconds?: number
  /** Real seconds before the first new attempt after a loss; each next waits twice as long, at most `mostRetrySeconds`. */
  retrySeconds?: number
  mostRetrySeconds?: number
  onEvent?: (event: BusEvent) => void
  /** Runs before each round, and after each start-up with what has to be said again. */
  onRound?: (round: 'start' | 'poll') => Promise<void>
}>

/** A module that keeps in touch with one appliance: start-up, heartbeat, loss and return. */
export type Session = AsyncDisposable &
  Readonly<{
    appliance(): Appliance
    /** Rejects with a DeviceError while the appliance does not answer. */
    ask(message: Message): Promise<Exchanged>
    /** Resolves when the first attempt to reach the appliance has ended, either way. */
    tried: Promise<void>
    /** The reason why the appliance cannot be reached, if so. */
    lost(): string | undefined
    /** Reads the operational state and the commodities now. */
    refresh(): Promise<void>
  }>

export function openSession({ port, now, ...options }: SessionOptions): Session {
  const { pollSeconds = 60, retrySeconds = 5, mostRetrySeconds = 60, onEvent, echo = false } = options
  const ending = new AbortController()
  const { signal } = ending
  const { promise: tried, resolve: markTried } = Promise.withResolvers<void>()
  const unsupported = new Set<string>()
  let appliance = unknownAppliance
  let link: DrivenLink | undefined
  let lost: string | undefined = 'not yet reached'
  let syncedHour: number | undefined
  const running = run()

  return {
    tried,
    ask,
    refresh,
    appliance: () => appliance,
    lost: () => lost,
    async [Symbol.asyncDispose]() {
      if (lost === undefined) await ask(basic('outsideCommStatus', 0)).catch(() => undefined)
      ending.abort()
      link?.[Symbol.dispose]()
      await running
    },
  }

  async function run(): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      if (attempt > 0) await pause(Math.min(retrySeconds * 2 ** (attempt - 1), mostRetrySeconds))
      if (signal.aborted) return
      try {
        const wasReached = await attend()
        if (wasReached) attempt = 0
      } catch (error) {
        lost = `the bus could not be opened: ${(error as Error).message}`
      }
      link = undefined
      markTried()
    }
  }

  // Keeps one open bus until it closes or falls silent; says whether the appliance answered.
  async function attend(): Promise<boolean> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(connectMilliseconds)])
    const duplex = await openPort(port, patience)
    using bus = driveLink(duplex, {
      timing: { ...defaultTiming, ...options.timing },
      payloadCode: 7,
      random: Math.random,
      echo,
      onRequest: serve,
      ...(onEvent && { onEvent }),
    })
    link = bus
    if (!(await startUp(bus))) return lose(noAnswer, false)
    lost = undefined
    await options.onRound?.('start').catch(ignoreLoss)
    markTried()
    while (!signal.aborted) {
      const reason = await Promise.race([bus.closed.then(() => 'closed' as const), pause(pollSeconds)])
      if (reason === 'closed') break
      await poll().catch(ignoreLoss)
    }
    return lose(bus.isUnresponsive() ? noAnswer : 'the bus was closed', true)
  }

  function lose(reason: string, wasReached: boolean): boolean {
    lost = reason
    return wasReached
  }

  // Whatever is refused is noted, and the next question asked: only silence ends it.
  async function startUp(bus: DrivenLink): Promise<boolean> {
    unsupported.clear()
    const questions = [
      ...(['basic', 'intermediate', 'dataLink'] as const).map(typeQuery),
      queryMaxPayload,
      basic('outsideCommStatus', 1),
      deviceInfo,
      state,
      commodities,
    ]
    for (const question of questions) {
      await put(bus, question)
      if (bus.isUnresponsive()) return false
    }
    return true
  }

  async function poll(): Promise<void> {
    await options.onRound?.('poll')
    await tell(basic('outsideCommStatus', 1))
    const hour = Math.floor(now() / 3600)
    if (hour !== syncedHour) await tell(timeSync(hour))
    syncedHour = hour
    await refresh()
  }

  async function refresh(): Promise<void> {
    await tell(state)
    await tell(commodities)
  }

  // A message that the appliance once said it does not know is not sent again.
  async function tell(message: Message): Promise<void> {
    if (!unsupported.has(message.op ?? '')) await ask(message)
  }

  async function ask(message: Message): Promise<Exchanged> {
    if (!link || lost !== undefined) throw new DeviceError('unreachable', lost ?? 'the bus is closed')
    return await put(link, message)
  }

  async function put(bus: DrivenLink, message: Message): Promise<Exchanged> {
    const exchanged = await bus.ask(message)
    const { outcome, answer } = exchanged
    // silence ends the bus at once, and a new one is opened after a while
    if (bus.isUnresponsive()) {
      lost = noAnswer
      bus[Symbol.dispose]()
    }
    if (outcome === 'notSupported' && message.op !== null) unsupported.add(message.op)
    if (outcome === 'accepted' && answer) appliance = learn(appliance, answer, now())
    return exchanged
  }

  function serve(message: Message): Message | ResponseCode | undefined {
    appliance = learn(appliance, message, now())
    switch (message.op) {
      case 'customerOverride':
      case 'sleep':
      case 'wake':
        return basic('appAck', Number(message['opcode1']))
      case 'getUtcTime': {
        const time = { utc: Math.floor(now()) - epoch2000, tzQuarterHours: 0, dstQuarterHours: 0 }
        return { layer: 'intermediate', op: 'getUtcTimeReply', responseCode: 0, ...time }
      }
      case 'getDeviceInfo':
        return moduleInfo
      case 'appAck':
      case 'appNak':
      case 'operationalState':
        return undefined
      default:
        if (message.layer === 'basic') return basic('appNak', 1)
        return message.op?.endsWith('Reply') ? undefined : 'notImplemented'
    }
  }

  async function pause(seconds: number): Promise<void> {
    await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined)
  }
}

const connectMilliseconds = 5000
const noAnswer = 'the appliance does not answer'
const state = basic('queryOperationalState')
const deviceInfo: Message = { layer: 'intermediate', op: 'getDeviceInfo' }
const commodities: Message = { layer: 'intermediate', op: 'getCommodityRead', codes: 'all' }

const moduleInfo: Message = {
  layer: 'intermediate',
  op: 'deviceInfoReply',
  responseCode: 0,
  version: 'B',
  vendorId: 0,
  deviceType: 0x4000,
  deviceRevision: 1,
  capability: 0,
  model: 'gridloom',
  serial: null,
  firmware: null,
}

// The hours since 1970 fell on a Thursday first.
function timeSync(hour: number): Message {
  const weekday = (Math.floor(hour / 24) + 4) % 7
  return basic('simpleTimeSync', weekday * 32 + (hour % 24))
}

function ignoreLoss(error: unknown): void {
  if (!(error instanceof DeviceError)) throw error
}
