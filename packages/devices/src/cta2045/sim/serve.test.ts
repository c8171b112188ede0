import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { bytesOf, hexOf } from '../codec/frame.ts'
import { judgeBurst } from '../codec/judge.ts'
import { type Simulator, type SimulatorOptions, serveWaterHeater } from './serve.ts'

const { transcripts }: { transcripts: readonly Transcript[] } = JSON.parse(
  readFileSync(new URL('../../../../../test/vectors/cta2045/frames.json', import.meta.url), 'utf8'),
)

it.each(scenes())('plays the appliance in $id', async ({ id, options = {}, prepare, before }) => {
  const clock = { now: 1_800_000_000 }
  await using heater = await serveWaterHeater({ now: () => clock.now, timing, host: 'localhost', ...options })
  prepare?.(heater)
  const bus = await connected(heater.port)
  const steps = transcripts.find((one) => one.id === id)?.steps ?? []
  for (const { from, hex, means } of steps) {
    await before?.({ means, heater, clock })
    if (from === 'sgd') expect(await bus.next(hex.split(' ').length), means).toBe(hex)
    else bus.send(means.endsWith('damaged on the way') ? `${hex.slice(0, -2)}00` : hex)
  }
  bus.socket.destroy()
})

it('reads commodities, device information, temperatures and prices', async () => {
  const clock = { now: 1_800_000_000 }
  await using heater = await serveWaterHeater({ now: () => clock.now, timing, host: 'localhost', temperatureC: 51.63 })
  const bus = await connected(heater.port)
  expect(await bus.ask('08 02 00 02 06 00 F6 4C')).toMatchObject({
    records: [
      { code: 0, rate: 0 },
      { code: 6, cumulative: 8731 },
      { code: 7, cumulative: 81 },
      { code: 8, rate: 4500 },
    ],
  })
  expect(await bus.ask('08 02 00 02 01 01 04 43')).toMatchObject({ model: 'GL-SGD-50', deviceType: 2 })
  expect(await bus.ask('08 02 00 02 03 04 F7 4A')).toMatchObject({ units: 'C', raw: 5163 })
  expect(await bus.ask('08 02 00 02 03 00 FF 46')).toMatchObject({ responseCode: 1 })
  const price = '08 02 00 11 03 00 00 00 04 D2 03 48 04 32 7C 31 C0 00 00 09 29 B9 84'
  expect(await bus.ask(price)).toMatchObject({ op: 'setEnergyPriceReply', responseCode: 0 })
  expect(await bus.ask('08 02 00 02 03 00 FF 46')).toMatchObject({ price: 1234, nextPrice: 2345 })
  bus.socket.destroy()
})

it('stores more in an advanced load up, for as long as asked', async () => {
  const clock = { now: 1_800_000_000 }
  await using heater = await serveWaterHeater({ now: () => clock.now, timing, host: 'localhost' })
  const bus = await connected(heater.port)
  expect(await bus.ask('08 02 00 07 0C 00 00 3C 00 05 02 A9 4B')).toMatchObject({ responseCode: 0 })
  expect(heater.report()).toMatchObject({ mode: 'advancedLoadUp', state: 3, capacityWh: 9231 })
  clock.now += 3600
  expect(heater.report()).toMatchObject({ mode: 'normal', capacityWh: 8731 })
  bus.socket.destroy()
})

type Transcript = Readonly<{
  id: string
  steps: readonly Readonly<{ from: string; hex: string; means: string }>[]
}>

type Scene = Readonly<{
  id: string
  options?: Partial<SimulatorOptions>
  prepare?: (heater: Simulator) => void
  before?: (step: Readonly<{ means: string; heater: Simulator; clock: { now: number } }>) => unknown
}>

// What each transcript takes for granted.
function scenes(): readonly Scene[] {
  const warm = { temperatureC: 50 }
  const cold = { temperatureC: 47 }
  return [
    { id: 't02', options: { introduces: true } },
    {
      id: 't03',
      options: warm,
      before: ({ means, clock }) => (clock.now += means === 'query state after 1801 s' ? 1801 : 0),
    },
    { id: 't04', options: cold },
    { id: 't05', options: { overrideStyle: 'refuse' }, prepare: (heater) => heater.override(true) },
    { id: 't06', options: cold, prepare: (heater) => heater.override(true) },
    { id: 't07', options: warm, before: ({ means }) => means === 'load up again' && sleep(50) },
    { id: 't10', prepare: (heater) => heater.misbehave({ kind: 'appNak', reason: 1 }) },
    {
      id: 't11',
      prepare: (heater) => heater.misbehave({ kind: 'appNak', reason: 3 }),
      before: ({ means, heater }) => means === 'grid emergency again' && heater.misbehave({ kind: 'none' }),
    },
  ]
}

const timing = { ackDelay: 2, ackWait: 500, answerDelay: 5, gap: 5, silence: 5, perByte: 0 }

async function connected(port: number) {
  const socket: Socket = connect({ port, host: 'localhost', noDelay: true })
  await once(socket, 'connect')
  let bytes: Uint8Array = new Uint8Array()
  socket.on('data', (more: Uint8Array) => (bytes = Buffer.concat([bytes, more])))
  const next = async (length: number): Promise<string> => {
    while (bytes.length < length) await once(socket, 'data')
    const taken = bytes.subarray(0, length)
    bytes = bytes.subarray(length)
    return hexOf(taken)
  }
  const send = (hex: string): void => void socket.write(bytesOf(hex))
  return {
    socket,
    send,
    next,
    async ask(hex: string) {
      send(hex)
      expect(await next(2)).toBe('06 00')
      const header = await next(4)
      const rest = await next(Number.parseInt(header.slice(-2), 16) + 2)
      send('06 00')
      return judgeBurst(bytesOf(`${header} ${rest}`)).decoded
    },
  }
}
