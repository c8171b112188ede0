import { connectAsync, type MqttClient } from 'mqtt'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Broker, brokers, credentialsIn } from '@gridloom/devices/testing'
import { monday, reserve, testScheduler } from '../../testing/test-scheduler.ts'

const limit = { prio: 25, intervalS: 600, values: [3000, 2000], startTimes: [monday + 600] }
const base = 'grid/site/battery/MaxPow'

describe.each(brokers)('through $name', ({ open }) => {
  it('takes schedules, and says outputs, forecasts and states', async () => {
    const { service, peer } = await scene(open)
    const told = await peer.listen('grid/#')
    await peer.say(`${base}/schedule/1/set`, limit)
    await peer.say(`${base}/schedule/1/enable`, '')
    await expect.poll(() => told(`${base}/schedule/1/state`)).toMatchObject({ state: 3, prio: 25 })
    await expect
      .poll(() => told(`${base}/forecast`))
      .toMatchObject({
        changes: [{ value: 4000 }, { at: monday + 600, value: 3000 }, { value: 2000 }, { value: 4000 }],
      })
    await service.clock.advance(650)
    await expect.poll(() => told(`${base}/output`)).toMatchObject({ value: 3000, priority: 25, entry: 1 })
    await peer.say(`${base}/schedule/1/disable`, '')
    await expect.poll(() => told(`${base}/output`)).toMatchObject({ value: 4000, priority: 10 })
    expect(told('grid/site/status')).toBe('online')
  })

  it('says beside a message what is wrong with it', async () => {
    const { peer } = await scene(open)
    const told = await peer.listen('grid/#')
    await peer.say(`${base}/schedule/1/set`, { ...limit, prio: 500 })
    await expect.poll(() => told(`${base}/schedule/1/error`)).toMatchObject({ detail: expect.stringContaining('500') })
    await peer.say(`${base}/schedule/3/set`, limit)
    await expect.poll(() => told(`${base}/schedule/3/error`)).toMatchObject({ detail: expect.stringContaining('"3"') })
    await peer.say(`${base}/schedule/2/enable`, 'x')
    await expect.poll(() => told(`${base}/schedule/2/error`)).toMatchObject({ detail: expect.any(String) })
    await peer.say(`${base}/direct/set`, 'no json')
    await expect.poll(() => told(`${base}/direct/error`)).toMatchObject({ detail: expect.stringContaining('no JSON') })
  })

  it('gives no command twice: what was retained is not heard', async () => {
    const broker = await opened(open)
    const peer = await peerOf(broker)
    await peer.client.publishAsync(`${base}/schedule/1/set`, JSON.stringify(limit), { qos: 1, retain: true })
    const { service } = await scene(open, broker)
    const told = await peer.listen(`${base}/schedule/2/state`)
    await peer.say(`${base}/schedule/2/set`, limit)
    await expect.poll(() => told(`${base}/schedule/2/state`)).toMatchObject({ state: 1, prio: 25, validated: true })
    const prio = async (slot: number) =>
      (await service.call('GET', `/devices/battery/MaxPow/schedules/${slot}`)).body.prio
    await expect.poll(() => prio(2)).toBe(25)
    expect(await prio(1)).toBe(0)
  })

  it('drives a device that follows its outputs over MQTT by itself', async () => {
    const { service, peer } = await scene(open)
    const told = await peer.listen('grid/site/roof/+/output')
    await peer.say('grid/site/roof/measured', { w: 1800, connected: true, at: monday })
    await expect
      .poll(async () => {
        await service.clock.advance(2)
        return (await service.call('GET', '/devices/roof')).body
      })
      .toMatchObject({ kind: 'topic', reached: true, measured: { w: 1800, connected: true } })
    await service.call('POST', '/devices/roof/MaxPow/direct', { value: 700, seconds: 60, priority: 50 })
    await expect.poll(() => told('grid/site/roof/MaxPow/output')).toMatchObject({ value: 700 })
  })

  it('speaks with gateways of the reference ecosystem', async () => {
    const { service, peer } = await scene(open)
    const told = await peer.listen('fledge/#')
    await peer.say('fledge/north-schedule', {
      direction: 'EXPORT',
      resolution: 'FIVE_MINUTES',
      values: [1000, 2000],
    })
    const place = '/devices/battery/MaxPow/schedules/1'
    await expect
      .poll(async () => (await service.call('GET', place)).body)
      .toMatchObject({ state: 3, prio: 20, intervalS: 300, nxtStrTm: monday + 180 })
    const type = { q: { test: 0 }, t: { SecondSinceEpoch: monday + 180, FractionOfSecond: 0 }, ctlVal: 1000 }
    const value = { GTIC: { ComingFrom: 'gridloom', Identifier: 'TS1', ApcTyp: type } }
    await expect
      .poll(() => told('fledge/south-schedule'))
      .toMatchObject({
        operation: 'PivotSchedule',
        parameters: [{}, { name: 'PIVOTTC', value }, {}, {}],
      })
    await service.clock.advance(200)
    await expect
      .poll(() => told('fledge/south-command', ({ parameters: [one] }) => one.value.GTIC.ApcTyp?.ctlVal === 1000))
      .toMatchObject({ operation: 'PivotCommand' })
    await peer.say('fledge/north-schedule', { direction: 'BOTH', resolution: 'FIVE_MINUTES', values: [] })
    const errors = await peer.listen('fledge/error')
    await peer.say('fledge/north-schedule', 'nothing')
    await expect.poll(() => errors('fledge/error')).toMatchObject({ detail: expect.any(String) })
  })
})

async function opened(open: () => Promise<Broker>): Promise<Broker> {
  const broker = await open()
  onTestFinished(() => broker[Symbol.asyncDispose]())
  return broker
}

async function scene(open: () => Promise<Broker>, known?: Broker) {
  const broker = known ?? (await opened(open))
  const { url, certs, protocolVersion } = broker
  const bridge = { device: 'battery', labels: { MaxPow: 'TS1' } }
  const service = await testScheduler({
    devices: ['battery', 'roof'].map((name) => ({ name, reserve })),
    config: {
      devices: [
        { name: 'battery', device: { kind: 'battery', gradient: 0 } },
        { name: 'roof', device: { kind: 'topic' } },
      ],
      mqtt: { url, certs, protocolVersion, site: 'site', slots: [1, 2], bridge },
    },
  })
  const peer = await peerOf(broker)
  const told = await peer.listen('grid/site/status')
  await expect.poll(() => told('grid/site/status')).toBe('online')
  return { service, peer }
}

// oxlint-disable-next-line typescript/no-explicit-any
type Said = any

async function peerOf({ url, certs, protocolVersion }: Broker) {
  const client: MqttClient = await connectAsync(url, { ...credentialsIn(certs), protocolVersion })
  onTestFinished(() => client.endAsync(true))
  return {
    client,
    say: (topic: string, payload: object | string) =>
      client.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), { qos: 1 }),
    /** The last message of a topic, or the last that fits. */
    async listen(filter: string) {
      const heard: Readonly<{ topic: string; said: Said }>[] = []
      client.on('message', (topic, payload) => void heard.push({ topic, said: read(payload.toString()) }))
      await client.subscribeAsync(filter, { qos: 1 })
      return (topic: string, fits: (said: Said) => boolean = () => true): Said =>
        heard.findLast((one) => one.topic === topic && fits(one.said))?.said
    },
  }
}

function read(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}
