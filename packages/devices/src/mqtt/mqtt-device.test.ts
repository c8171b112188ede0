import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import { describe, expect, it, vi } from 'vitest'
import { DeviceError } from '../device.ts'
import { createMqttDevice, type MqttOptions } from './mqtt-device.ts'
import { type Broker, brokers, openLine } from './testing/broker.ts'

describe.each(brokers)('over $name', ({ open }) => {
  it('reads telemetry into a status', async () => {
    await using bench = await connected(await open())
    await bench.tell('telemetry', telemetry)
    await vi.waitFor(async () =>
      expect(await bench.device.status()).toMatchObject({ watts: 3200, vars: -100, volts: 231 }),
    )
    expect(bench.device.capability).toMatchObject({ kind: 'pv', ratings: { maxW: 6000, maxVA: 6600 } })
    expect(bench.device.settings).toMatchObject({ maxW: 5500, modesEnabled: expect.arrayContaining(['opModGenLimW']) })
    bench.clock.now += 36
    await bench.tell('telemetry', telemetry)
    await vi.waitFor(async () => expect((await bench.device.status()).deliveredWh).toBeCloseTo(32))
  })

  it('publishes the limits that hold, retained, with the smallest of all sources', async () => {
    await using bench = await connected(await open())
    await bench.tell('setpoint', { opModGenLimW: 2000, opModExpLimW: 5000 })
    await vi.waitFor(() => expect(bench.device.limits()).toHaveProperty('opModGenLimW'))
    const result = await bench.device.apply({ opModMaxLimW: 0.5, opModExpLimW: 1500, opModConnect: false })
    expect(result).toEqual({ kind: 'accepted' })
    const expected = {
      opModConnect: { value: false, source: '2030.5' },
      opModGenLimW: { value: 2000, source: 'mqtt' },
      opModExpLimW: { value: 1500, source: '2030.5' },
    }
    await vi.waitFor(() => expect(bench.heard('limits')).toEqual(expected))
    expect(await bench.retained('limits')).toEqual(expected)
    bench.clock.now += 301
    await vi.waitFor(() =>
      expect(bench.heard('limits')).toMatchObject({ opModGenLimW: { value: 2500, source: '2030.5' } }),
    )
  })

  it('repeats the limits for those who do not keep them', async () => {
    await using bench = await connected(await open())
    await bench.device.apply({ opModExpLimW: 0 })
    const before = bench.count('limits')
    bench.clock.now += 30
    await vi.waitFor(() => expect(bench.count('limits')).toBeGreaterThan(before))
  })

  it('shows up in Home Assistant by itself, and again when that restarts', async () => {
    await using bench = await connected(await open())
    const config = 'homeassistant/sensor/gridloom_test_pv-1/watts/config'
    expect(await bench.retained(config)).toMatchObject({
      state_topic: 'test/pv-1/state',
      device_class: 'power',
      unique_id: 'gridloom_test_pv-1_watts',
      device: { name: 'Roof' },
    })
    await bench.tell('telemetry', telemetry)
    await vi.waitFor(() => expect(bench.heard('state')).toMatchObject({ watts: 3200, connected: true }))
    const before = bench.count(config)
    await bench.tell('homeassistant/status', 'online')
    await vi.waitFor(() => expect(bench.count(config)).toBeGreaterThan(before))
  })

  it('leaves its last will when it vanishes', async () => {
    const broker = await open()
    await using line = await openLine(broker)
    await using bench = await connected(broker, { broker: { ...brokerOf(broker, broker.certs), url: line.url } })
    expect(await bench.retained('availability')).toBe('online')
    line.cut()
    await vi.waitFor(() => expect(bench.heard('availability')).toBe('offline'))
  })

  it('begins with what is safe, and takes leave with it', async () => {
    await using bench = await connected(await open(), { safe: { opModExpLimW: 1500 } })
    expect(await bench.retained('limits')).toEqual({ opModExpLimW: { value: 1500, source: 'safe' } })
    await bench.device.apply({ opModExpLimW: 9000 })
    await bench.device[Symbol.asyncDispose]()
    expect(await bench.retained('availability')).toBe('offline')
    expect(await bench.retained('limits')).toEqual({ opModExpLimW: { value: 1500, source: 'safe' } })
  })

  it('says that a device is unreachable while it is silent, offline or the broker is gone, and recovers by itself', async () => {
    const broker = await open()
    await using bench = await connected(broker)
    const { device } = bench
    await expect(device.status()).rejects.toThrow(DeviceError)
    await bench.tell('telemetry', telemetry)
    await vi.waitFor(() => expect(device.status()).resolves.toMatchObject({ watts: 3200 }))
    bench.clock.now += 61
    await expect(device.status()).rejects.toThrow('no telemetry')
    await bench.tell('telemetry', telemetry)
    await vi.waitFor(() => expect(device.status()).resolves.toMatchObject({ watts: 3200 }))
    await bench.tell('device', 'offline')
    await vi.waitFor(() => expect(device.status()).rejects.toThrow('offline'))
    await bench.tell('device', 'online')
    await vi.waitFor(() => expect(device.status()).resolves.toMatchObject({ watts: 3200 }))

    await device.apply({ opModExpLimW: 700 })
    await broker.stop()
    await vi.waitFor(() => expect(device.status()).rejects.toThrow('the broker is not connected'))
    await expect(device.apply({})).rejects.toMatchObject({ code: 'unreachable' })
    await broker.start()
    await vi.waitFor(() => expect(device.status()).resolves.toMatchObject({ watts: 3200 }), { timeout: 10_000 })
    await vi.waitFor(async () =>
      expect(await bench.retained('limits')).toEqual({ opModExpLimW: { value: 700, source: '2030.5' } }),
    )
  })

  it('calls a device faulty that says what was not agreed, until it says it right', async () => {
    await using bench = await connected(await open())
    await bench.tell('telemetry', { inverter: { realPower: 'much' } })
    await vi.waitFor(() => expect(bench.device.status()).rejects.toMatchObject({ code: 'faulty' }))
    await bench.tell('telemetry', telemetry)
    await vi.waitFor(() => expect(bench.device.status()).resolves.toMatchObject({ watts: 3200 }))
    await bench.tell('setpoint', { opModGenLimW: -5 })
    await bench.tell('setpoint', 'nonsense')
    await vi.waitFor(() => expect(bench.events).toHaveLength(2))
    expect(bench.events[0]).toContain('"test/pv-1/setpoint" is not as agreed at "opModGenLimW"')
    expect(bench.device.limits()).toEqual({})
  })

  it('tells a device that can hold a power which one', async () => {
    await using bench = await connected(await open(), { holdsPower: true })
    const target = { value: -900, source: '2030.5' }
    expect(await bench.device.apply({ opModTargetW: -900, opModGenLimW: 500 })).toEqual({ kind: 'accepted' })
    expect(bench.device.capability.modes).toContain('opModTargetW')
    await vi.waitFor(() =>
      expect(bench.heard('limits')).toMatchObject({ opModTargetW: target, opModGenLimW: { value: 500 } }),
    )
    await bench.device.apply({})
    await vi.waitFor(() => expect(bench.heard('limits')).toEqual({}))
  })

  it('refuses modes it does not have', async () => {
    await using bench = await connected(await open())
    const result = await bench.device.apply({ opModTargetVar: 1 })
    expect(result).toMatchObject({ kind: 'refused', fields: ['opModTargetVar'] })
  })

  it('is not let in with the certificate of a stranger', async () => {
    await using broker = await open()
    let refusals = 0
    await using device = createMqttDevice({
      ...optionsFor(broker, { now: start }),
      broker: brokerOf(broker, broker.strangers),
      onEvent: ({ kind }) => (refusals += kind === 'disconnected' ? 1 : 0),
    })
    await vi.waitFor(() => expect(refusals).toBeGreaterThan(1))
    await expect(device.apply({})).rejects.toThrow('the broker is not connected')
  })
})

const start = 1_800_000_000
const base = 'test/pv-1'

const telemetry = {
  inverter: {
    realPower: 3200,
    reactivePower: -100,
    voltagePhaseA: 231,
    voltagePhaseB: null,
    voltagePhaseC: null,
    frequency: 50,
  },
  nameplate: { type: 4, maxW: 6000, maxVA: 6600, maxVar: 3000 },
  settings: { maxW: 5500 },
  status: { operationalModeStatus: 2, genConnectStatus: 7 },
}

async function connected(broker: Broker, more: Partial<MqttOptions> = {}) {
  const clock = { now: start }
  const events: string[] = []
  const device = createMqttDevice({
    ...optionsFor(broker, clock),
    onEvent: (event) => event.kind === 'rejected' && event.topic.endsWith('setpoint') && events.push(event.reason),
    ...more,
  })
  const peer = await peerOf(broker)
  const last = new Map<string, string>()
  const counts = new Map<string, number>()
  peer.on('message', (topic, payload) => {
    last.set(topic, payload.toString())
    counts.set(topic, (counts.get(topic) ?? 0) + 1)
  })
  await peer.subscribeAsync(['test/#', 'homeassistant/#'])
  await vi.waitFor(() => expect(last.get(`${base}/limits`)).toBeDefined())
  const dispose = async (): Promise<void> => {
    await device[Symbol.asyncDispose]()
    await peer.endAsync(true)
    await broker[Symbol.asyncDispose]()
  }
  return {
    device,
    clock,
    events,
    heard: (name: string) => jsonOf(last.get(fullOf(name))),
    count: (name: string) => counts.get(fullOf(name)) ?? 0,
    async tell(name: string, value: object | string) {
      await peer.publishAsync(fullOf(name), typeof value === 'string' ? value : JSON.stringify(value), { qos: 1 })
    },
    async retained(name: string) {
      const late = await peerOf(broker)
      const { promise, resolve } = Promise.withResolvers<string>()
      late.on('message', (_, payload, { retain }) => retain && resolve(payload.toString()))
      await late.subscribeAsync(fullOf(name))
      const found = jsonOf(await promise)
      await late.endAsync(true)
      return found
    },
    [Symbol.asyncDispose]: dispose,
  }
}

function optionsFor(broker: Broker, clock: { now: number }): MqttOptions {
  return {
    broker: brokerOf(broker, broker.certs),
    now: () => clock.now,
    topic: base,
    name: 'Roof',
    kind: 'pv',
    maxW: 5000,
    vNom: 230,
    hertz: 50,
    staleSeconds: 60,
    setpointSeconds: 300,
    safe: {},
    discoveryPrefix: 'homeassistant',
    tickMilliseconds: 20,
  }
}

function brokerOf({ url, protocolVersion }: Broker, certs: string): MqttOptions['broker'] {
  return { url, protocolVersion, certs, retrySeconds: 0.05, mostRetrySeconds: 0.2 }
}

async function peerOf({ url, certs, protocolVersion }: Broker): Promise<MqttClient> {
  const read = (name: string): Buffer => readFileSync(join(certs, name))
  const own = { ca: read('ca.pem'), key: read('key.pem'), cert: read('cert.pem') }
  return await connectAsync(url, { protocolVersion, reconnectPeriod: 50, ...own })
}

const fullOf = (name: string): string => (name.includes('/') ? name : `${base}/${name}`)

function jsonOf(text: string | undefined): unknown {
  return text === undefined || !text.startsWith('{') ? text : JSON.parse(text)
}
