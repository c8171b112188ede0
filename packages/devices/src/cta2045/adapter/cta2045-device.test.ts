import { expect, it, vi } from 'vitest'
import { DeviceError } from '../../device.ts'
import { type Simulator, type SimulatorOptions, serveWaterHeater } from '../sim/serve.ts'
import { type Cta2045Options, createCta2045Device } from './cta2045-device.ts'

it('starts up and reads what the appliance is and does', async () => {
  await using pair = await connected()
  const { device } = pair
  const status = await device.status()
  expect(status).toMatchObject({
    at: start,
    watts: 0,
    inverter: 'standby',
    connected: true,
    manufacturerStatus: 'CTA00',
  })
  expect(status.storage).toMatchObject({ mode: 'holding', dischargeSeconds: 0 })
  expect(device.capability.ratings).toMatchObject({ maxW: 4500, maxWh: 8731 })
  expect(device.appliance().info).toMatchObject({ deviceType: 2, model: 'GL-SGD-50' })
})

it.each([
  [{ opModLoadLimW: 0 }, 'criticalPeak'],
  [{ opModEnergize: false }, 'gridEmergency'],
  [{ opModFixedW: 0 }, 'shed'],
  [{ opModLoadLimW: 1000 }, 'powerLevel'],
  [{ grant: { id: 'A', watts: 4500, wattHours: 900 } }, 'loadUp'],
])('does what the set point %j means, and lets go of it', async (setpoint, mode) => {
  await using pair = await connected()
  const { device, heater } = pair
  expect(await device.apply(setpoint)).toEqual({ kind: 'accepted' })
  expect(heater.report().mode).toBe(mode)
  expect(await device.apply({})).toEqual({ kind: 'accepted' })
  expect(heater.report().mode).toBe('normal')
})

it('heats during a load up, and shows it', async () => {
  await using pair = await connected()
  const { device, clock } = pair
  await device.apply({ opModFixedW: -1 })
  expect(await device.status()).toMatchObject({ watts: -4500, operating: true, storage: { mode: 'charging' } })
  clock.now += 300
  await device.apply({})
  expect((await device.status()).receivedWh).toBeCloseTo(375, 5)
})

it('refuses to generate and names modes it does not have', async () => {
  await using pair = await connected()
  expect(await pair.device.apply({ opModTargetW: 100 })).toMatchObject({ kind: 'refused', fields: ['opModTargetW'] })
  expect(await pair.device.apply({ opModTargetVar: 1 })).toMatchObject({ kind: 'refused', fields: ['opModTargetVar'] })
})

it('tells of a customer who opts out, in the newer style', async () => {
  await using pair = await connected({ overrideStyle: 'refuse' })
  pair.heater.override(true)
  const result = await pair.device.apply({ opModLoadLimW: 0 })
  expect(result).toMatchObject({ kind: 'refused', reason: 'the customer opted out' })
})

it('shows local control when the customer opts out, in the older style', async () => {
  await using pair = await connected()
  await pair.device.apply({ opModLoadLimW: 0 })
  pair.heater.override(true)
  await vi.waitFor(async () => expect((await pair.device.status()).localControl).toBe(true))
})

it('sheds where the appliance has no power levels', async () => {
  await using pair = await connected()
  pair.heater.misbehave({ kind: 'appNak', reason: 1 })
  const result = await pair.device.apply({ opModLoadLimW: 1000 })
  expect(result).toMatchObject({ kind: 'refused', reason: 'the appliance does not support it' })
  pair.heater.misbehave({ kind: 'none' })
  expect(await pair.device.apply({ opModFixedW: 0 })).toEqual({ kind: 'accepted' })
})

it('asks a busy appliance again', async () => {
  await using pair = await connected()
  pair.heater.misbehave({ kind: 'appNak', reason: 3 })
  const applied = pair.device.apply({ opModLoadLimW: 0 })
  setTimeout(() => pair.heater.misbehave({ kind: 'none' }), 40)
  expect(await applied).toEqual({ kind: 'accepted' })
})

it.each([
  ['silence', { kind: 'silent' }],
  ['dropped bytes', { kind: 'cut', bytes: 5 }],
  ['flipped bits', { kind: 'flippedBit' }],
  ['NAKs', { kind: 'nak', code: 3 }],
] as const)('reports a loss by %s, recovers by itself and says again what holds', async (_, fault) => {
  await using pair = await connected()
  const { device, heater } = pair
  await device.apply({ opModFixedW: 0 })
  heater.misbehave(fault)
  await vi.waitFor(() => expect(device.status()).rejects.toThrow(DeviceError), { timeout: 10_000 })
  await expect(device.apply({})).rejects.toMatchObject({ code: 'unreachable' })
  heater.misbehave({ kind: 'none' })
  await vi.waitFor(() => expect(device.status()).resolves.toMatchObject({ connected: true }), { timeout: 10_000 })
  expect(heater.report().mode).toBe('shed')
})

it('connects again when the connection breaks', async () => {
  await using pair = await connected()
  pair.heater.disconnect()
  await vi.waitFor(() => expect(pair.device.status()).rejects.toMatchObject({ message: 'the bus was closed' }))
  await vi.waitFor(() => expect(pair.device.status()).resolves.toMatchObject({ connected: true }))
})

it('finds an appliance that appears late', async () => {
  const { port } = await serveThenStop()
  await using device = createCta2045Device(optionsFor(port, { now: start }))
  await expect(device.status()).rejects.toThrow('could not be opened')
  await using heater = await serveWaterHeater({ now: () => start, port, timing })
  await vi.waitFor(() => expect(device.status()).resolves.toMatchObject({ connected: true }))
  expect(heater.report().mode).toBe('normal')
})

it('reports a heater with an error as faulty, not as lost', async () => {
  await using pair = await connected()
  pair.heater.misbehave({ kind: 'broken' })
  await vi.waitFor(async () =>
    expect(await pair.device.status()).toMatchObject({ available: false, inverter: 'fault' }),
  )
})

it('renews what holds before it runs out, and ends it when it leaves', async () => {
  const clock = { now: start }
  await using heater = await serveWaterHeater({ now: () => clock.now, timing })
  let sheds = 0
  const device = createCta2045Device({
    ...optionsFor(heater.port, clock),
    holdSeconds: 200,
    onEvent: (event) => (sheds += event.kind === 'exchanged' && event.message.op === 'shed' ? 1 : 0),
  })
  await device.apply({ opModFixedW: 0 })
  clock.now += 140
  await vi.waitFor(() => expect(sheds).toBe(2))
  clock.now += 140
  expect(heater.report().mode).toBe('shed')
  await device[Symbol.asyncDispose]()
  expect(heater.report().mode).toBe('normal')
})

it('answers a heater that introduces itself first', async () => {
  await using pair = await connected({ introduces: true })
  expect(await pair.device.status()).toMatchObject({ connected: true })
})

const start = 1_800_000_000

// The shape of the real times, twenty times as fast but for what a busy machine may delay.
const timing = {
  ackDelay: 2,
  ackWait: 100,
  answerDelay: 5,
  answerWait: 300,
  gap: 5,
  messageWait: 60,
  silence: 5,
  repeatPause: 10,
  repeatJitter: 10,
  busyPause: 50,
}

async function connected(options: Partial<SimulatorOptions> = {}) {
  const clock = { now: start }
  const heater: Simulator = await serveWaterHeater({ now: () => clock.now, timing, ...options })
  const device = createCta2045Device(optionsFor(heater.port, clock))
  await device.status()
  const dispose = async (): Promise<void> => {
    await device[Symbol.asyncDispose]()
    await heater[Symbol.asyncDispose]()
  }
  return { device, heater, clock, [Symbol.asyncDispose]: dispose }
}

function optionsFor(port: number, clock: { now: number }): Cta2045Options {
  return {
    port: { transport: 'tcp', host: 'localhost', port },
    now: () => clock.now,
    timing,
    maxW: 4500,
    vNom: 240,
    hertz: 60,
    pollSeconds: 0.1,
    retrySeconds: 0.05,
    mostRetrySeconds: 0.2,
  }
}

async function serveThenStop(): Promise<{ port: number }> {
  await using heater = await serveWaterHeater({ now: () => start })
  return { port: heater.port }
}
