import { setInterval as every } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { IClientPublishOptions } from 'mqtt'
import type { z } from 'zod'
import {
  type Capability,
  type Device,
  DeviceError,
  type DeviceKind,
  type DeviceStatus,
  type Settings,
} from '../device.ts'
import { askedModes, type Mode } from '../modes.ts'
import { type BrokerConfig, connectBroker } from './broker.ts'
import { discoveryOf, topicsOf } from './home-assistant.ts'
import { type ActiveLimits, Limits, limitsOf, mergeLimits, mqttModes, smallestWatts, type Source } from './limits.ts'
import {
  defined,
  type Flow,
  flowAfter,
  kindOf,
  type Nominal,
  ratingsOf,
  SiteTelemetry,
  statusOf,
  Telemetry,
} from './telemetry.ts'

export type MqttOptions = Nominal &
  Readonly<{
    broker: BrokerConfig
    /** Seconds since 1970. */
    now: () => number
    /** The topic below which all of this device's topics are; its last part names it. */
    topic: string
    name?: string | undefined
    kind: DeviceKind
    /** It takes a power to hold, and not only limits. */
    holdsPower?: boolean
    /** Telemetry older than this is none. */
    staleSeconds: number
    /** A set point from MQTT holds for so long. */
    setpointSeconds: number
    /** What holds before the first set point and after the last. */
    safe: Limits
    /** Where Home Assistant looks for devices; empty for nowhere. */
    discoveryPrefix: string
    /** Real milliseconds between two looks at what there is to publish. */
    tickMilliseconds?: number
    onEvent?: (event: MqttEvent) => void
  }>

export type MqttEvent = Readonly<
  { kind: 'connected' } | { kind: 'disconnected' } | { kind: 'rejected'; topic: string; reason: string }
>

export type MqttDevice = Device & Readonly<{ limits(): ActiveLimits; site(): SiteTelemetry | undefined }>

type Asked = Readonly<{ source: Source; limits: Limits; targetW: number | undefined }>
type Kept<T> = Readonly<{ value: T; at: number }>

/** A device that speaks MQTT: it publishes what it does, and is told the limits that hold. */
export function createMqttDevice({ now, broker, topic, safe, ...options }: MqttOptions): MqttDevice {
  const { staleSeconds, setpointSeconds, tickMilliseconds = 1000, onEvent = () => undefined } = options
  const offered: readonly Mode[] = options.holdsPower ? [...mqttModes, 'opModTargetW'] : mqttModes
  const topics = topicsOf(topic)
  const id = topic.replaceAll(/[^\w-]/g, '_')
  const createdAt = Math.floor(now())
  let telemetry: Telemetry | undefined
  let flow: Flow | undefined
  let site: Kept<SiteTelemetry> | undefined
  let wish: Kept<Limits> | undefined
  let asked: Asked = { source: 'safe', limits: safe, targetW: undefined }
  let rejected: string | undefined
  let isPresent = true
  let published: Kept<ActiveLimits> | undefined

  const client = connectBroker(broker, `gridloom-${id}`, { topic: topics.availability, payload: 'offline' })
  const ending = new AbortController()
  void keepTicking()
  client.on('connect', () => void greet())
  client.on('message', (from, payload) => hear(from, payload.toString()))
  client.on('close', () => onEvent({ kind: 'disconnected' }))
  // the client tries again by itself; what counts is whether it is connected
  client.on('error', () => undefined)

  return {
    limits,
    site: () => (site && now() - site.at <= staleSeconds ? site.value : undefined),
    get capability() {
      return capability()
    },
    get settings(): Settings {
      const { ratings, modes } = capability()
      const set = defined(telemetry?.settings ?? {})
      return { ...ratings, ...set, modesEnabled: modes, gradient: 0, updatedAt: createdAt }
    },
    async status() {
      return reading()
    },
    async apply(setpoint) {
      const strange = askedModes(setpoint).filter((mode) => !offered.includes(mode))
      if (strange.length > 0) return { kind: 'refused', fields: strange, reason: 'not supported' }
      if (!client.connected) throw new DeviceError('unreachable', 'the broker is not connected')
      const { kind, ratings } = capability()
      const own = limitsOf(setpoint, ratings.maxW, kind === 'load')
      asked = { source: '2030.5', limits: own, targetW: setpoint.opModTargetW }
      await publishLimits()
      return { kind: 'accepted' }
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      if (client.connected) {
        asked = { source: 'safe', limits: safe, targetW: undefined }
        await publishLimits().catch(() => undefined)
        await publish(topics.availability, 'offline', { retain: true }).catch(() => undefined)
      }
      await client.endAsync(!client.connected)
    },
  }

  function capability(): Capability {
    const kind = kindOf(telemetry?.nameplate?.type) ?? options.kind
    return { kind, modes: offered, ratings: ratingsOf(telemetry, options) }
  }

  function limits(): ActiveLimits {
    const isFresh = wish && now() - wish.at <= setpointSeconds
    const merged = mergeLimits({ [asked.source]: asked.limits, ...(wish && isFresh && { mqtt: wish.value }) })
    if (asked.targetW === undefined) return merged
    return { ...merged, opModTargetW: { value: asked.targetW, source: asked.source } }
  }

  function reading(): DeviceStatus {
    if (!client.connected) throw new DeviceError('unreachable', 'the broker is not connected')
    if (!isPresent) throw new DeviceError('unreachable', `the device is offline, as "${topics.device}" says`)
    if (rejected !== undefined) throw new DeviceError('faulty', rejected)
    if (!telemetry || !flow || now() - flow.at > staleSeconds)
      throw new DeviceError('unreachable', `no telemetry on "${topics.telemetry}" for ${staleSeconds} s`)
    return statusOf(telemetry, flow, { site: site?.value, limitW: smallestWatts(limits()), nominal: options })
  }

  // All that is retained is said again: the broker may have lost it.
  async function greet(): Promise<void> {
    onEvent({ kind: 'connected' })
    published = undefined
    try {
      const { telemetry: own, site: meter, setpoint, device } = topics
      const homeAssistant = options.discoveryPrefix === '' ? [] : [`${options.discoveryPrefix}/status`]
      await client.subscribeAsync([own, meter, setpoint, device, ...homeAssistant], { qos: 1 })
      await publish(topics.availability, 'online', { retain: true })
      await introduce()
      tick()
    } catch {
      // the connection broke again; the next one begins anew
    }
  }

  async function introduce(): Promise<void> {
    if (options.discoveryPrefix === '') return
    const name = options.name ?? topic.split('/').at(-1) ?? topic
    const about = { id, name, prefix: options.discoveryPrefix, staleSeconds }
    for (const one of discoveryOf(about, topics)) await publish(one.topic, one.payload, { retain: true })
  }

  function hear(from: string, payload: string): void {
    switch (from) {
      case topics.telemetry: {
        const value = read(Telemetry, from, payload)
        if (!value) return
        telemetry = value
        flow = flowAfter(flow, value.inverter.realPower, now())
        rejected = undefined
        return publishState()
      }
      case topics.site: {
        const value = read(SiteTelemetry, from, payload)
        if (value) site = { value, at: now() }
        return
      }
      case topics.setpoint: {
        const value = payload === '' ? {} : read(Limits, from, payload)
        if (value) wish = { value, at: now() }
        return tick()
      }
      case topics.device:
        isPresent = payload !== 'offline'
        return
      default:
        if (payload === 'online') void introduce().catch(() => undefined)
    }
  }

  function read<Schema extends z.ZodType>(schema: Schema, from: string, payload: string): z.infer<Schema> | undefined {
    const found = schema.safeParse(jsonOf(payload))
    if (found.success) return found.data
    const [issue] = found.error.issues
    const reason = `"${from}" is not as agreed at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}`
    if (from === topics.telemetry) rejected = reason
    onEvent({ kind: 'rejected', topic: from, reason })
    return undefined
  }

  async function keepTicking(): Promise<void> {
    try {
      for await (const _ of every(tickMilliseconds, undefined, { signal: ending.signal })) tick()
    } catch (error) {
      if (!ending.signal.aborted) throw error
    }
  }

  // At once when something changed, and now and then for those who do not keep what is retained.
  function tick(): void {
    if (!client.connected) return
    const isDue = !published || now() - published.at >= repeatSeconds || !isDeepStrictEqual(published.value, limits())
    if (isDue) void publishLimits().catch(() => undefined)
  }

  async function publishLimits(): Promise<void> {
    const value = limits()
    published = { value, at: now() }
    // a limit that nobody repeats runs out in the broker
    const properties = broker.protocolVersion === 5 ? { messageExpiryInterval: 4 * repeatSeconds } : undefined
    await publish(topics.limits, value, { retain: true, ...(properties && { properties }) })
  }

  function publishState(): void {
    if (!client.connected || !telemetry || !flow) return
    const state = statusOf(telemetry, flow, { site: site?.value, limitW: smallestWatts(limits()), nominal: options })
    void publish(topics.state, { limitW: null, ...state }, { retain: true }).catch(() => undefined)
  }

  async function publish(to: string, payload: object | string, more: IClientPublishOptions): Promise<void> {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
    const sent = client.publishAsync(to, text, { qos: 1, ...more }).then(
      () => true,
      () => false,
    )
    const late = new Promise<false>((resolve) => setTimeout(resolve, patienceMilliseconds, false).unref())
    if (!(await Promise.race([sent, late]))) throw new DeviceError('unreachable', 'the broker does not acknowledge')
  }
}

const repeatSeconds = 30
const patienceMilliseconds = 5000

function jsonOf(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}
