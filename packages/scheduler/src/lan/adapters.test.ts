import { serveSunspec, serveWaterHeater } from '@gridloom/devices'
import { type VirtualClock, virtualClock } from '@gridloom/kit'
import { connectAsync } from 'mqtt'
import { expect, it, onTestFinished } from 'vitest'
import { brokers, credentialsIn } from '@gridloom/devices/testing'
import { monday, reserve, testScheduler } from '../testing/test-scheduler.ts'

const minute = { seconds: 600, priority: 50 }

it.each(['7xx', '1xx'] as const)('drives a SunSpec battery with models %s: limit, set point, off', async (models) => {
  const clock = virtualClock(monday)
  const simulator = await serveSunspec({ host: '127.0.0.1', kind: 'battery', models, maxW: 5000, now: clock.now })
  onTestFinished(() => simulator[Symbol.asyncDispose]())
  const { direct, settled } = await scene({ kind: 'sunspec', host: '127.0.0.1', port: simulator.port }, clock)
  expect(await settled(({ reached }) => reached)).toMatchObject({ kind: 'sunspec', alarm: null })
  await direct('ActPow', -2000)
  await settled(({ measured }) => Math.abs(measured?.w + 2000) < 60)
  await direct('MaxPow', 700)
  await direct('ActPow', 3000)
  await settled(({ measured }) => Math.abs(measured?.w - 700) < 60)
  await direct('OnOff', false)
  await settled(({ measured }) => Math.abs(measured?.w) < 1)
})

it('alarms about a device that takes what it is told and keeps nothing of it, until it does', async () => {
  const clock = virtualClock(monday)
  const simulator = await serveSunspec({ host: '127.0.0.1', kind: 'battery', now: clock.now })
  onTestFinished(() => simulator[Symbol.asyncDispose]())
  const { direct, settled } = await scene({ kind: 'sunspec', host: '127.0.0.1', port: simulator.port }, clock)
  await settled(({ reached }) => reached)
  simulator.misbehave({ kind: 'forgetful' })
  await direct('MaxPow', 1000)
  expect(await settled(({ alarm }) => alarm !== null)).toMatchObject({
    reached: false,
    alarm: expect.stringContaining('read back'),
  })
  simulator.misbehave({ kind: 'none' })
  expect(await settled(({ alarm }) => alarm === null)).toMatchObject({ reached: true })
})

it('goes on where it was when a device comes back: nothing that was asked for meanwhile is lost', async () => {
  const clock = virtualClock(monday)
  const simulator = await serveSunspec({ host: '127.0.0.1', kind: 'battery', now: clock.now })
  onTestFinished(() => simulator[Symbol.asyncDispose]())
  const device = { kind: 'sunspec', host: '127.0.0.1', port: simulator.port, timeoutSeconds: 0.2 } as const
  const { direct, settled } = await scene(device, clock)
  await settled(({ reached }) => reached)
  simulator.misbehave({ kind: 'silent' })
  await direct('ActPow', 1500)
  expect(await settled(({ alarm }) => alarm !== null)).toMatchObject({ measured: null })
  simulator.misbehave({ kind: 'none' })
  await settled(({ measured, reached }) => reached && Math.abs(measured?.w - 1500) < 60)
})

it('drives an appliance behind CTA-2045', async () => {
  const clock = virtualClock(monday)
  const heater = await serveWaterHeater({ host: '127.0.0.1', port: 0, now: clock.now, timing: { answerDelay: 100 } })
  onTestFinished(() => heater[Symbol.asyncDispose]())
  const { direct, settled } = await scene({ kind: 'cta2045', tcp: `127.0.0.1:${heater.port}` }, clock)
  await settled(({ reached }) => reached)
  await direct('MaxPow', 0)
  await settled(({ reached }) => reached && heater.report().mode === 'criticalPeak')
  await direct('OnOff', false)
  await settled(({ reached }) => reached && heater.report().mode === 'gridEmergency')
})

it('drives a device behind MQTT, which is bounded where it cannot be held', async () => {
  const [first] = brokers
  if (!first) throw new Error('no broker')
  const broker = await first.open()
  onTestFinished(() => broker[Symbol.asyncDispose]())
  const { url, certs, protocolVersion } = broker
  const clock = virtualClock(monday)
  const topic = 'home/battery'
  const device = { kind: 'mqtt', url, certs, protocolVersion, topic, device: 'storage', staleSeconds: 86_400 } as const
  const peer = await connectAsync(url, { ...credentialsIn(certs), protocolVersion })
  onTestFinished(() => peer.endAsync(true))
  let limits: unknown
  peer.on('message', (_topic, payload) => (limits = JSON.parse(payload.toString())))
  await peer.subscribeAsync(`${topic}/limits`)
  const { direct, settled } = await scene(device, clock)
  const telemetry = { inverter: { realPower: 0, reactivePower: 0, voltagePhaseA: 230, frequency: 50 } }
  const speaking = setInterval(() => void peer.publish(`${topic}/telemetry`, JSON.stringify(telemetry)), 100)
  onTestFinished(() => clearInterval(speaking))
  await settled(({ reached }) => reached)
  await direct('ActPow', -900)
  await settled(({ reached }) => reached)
  await expect
    .poll(() => limits)
    .toMatchObject({ opModGenLimW: { value: 0 }, opModLoadLimW: { value: 900 }, opModConnect: { value: true } })
})

// oxlint-disable-next-line typescript/no-explicit-any
type Seen = any

async function scene(device: object, clock: VirtualClock) {
  const service = await testScheduler({
    clock,
    devices: [{ name: 'battery', reserve }],
    config: { devices: [{ name: 'battery', device }] as never, seed: 'adapters' },
  })
  return {
    direct: async (quantity: string, value: number | boolean) => {
      const { status } = await service.call('POST', `/devices/battery/${quantity}/direct`, { value, ...minute })
      expect(status).toBe(200)
    },
    /** Lets time go on until the device is seen so. */
    settled: async (isSo: (seen: Seen) => boolean): Promise<Seen> => {
      let seen: Seen
      await expect
        .poll(async () => {
          await clock.advance(2)
          seen = (await service.call('GET', '/devices/battery')).body
          return isSo(seen)
        })
        .toBe(true)
      return seen
    },
  }
}
