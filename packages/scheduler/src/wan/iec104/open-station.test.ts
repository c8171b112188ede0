import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { createLogger, secureContext, virtualClock } from '@gridloom/kit'
import { Registry } from 'prom-client'
import { expect, it, onTestFinished } from 'vitest'
import { Config } from '../../config.ts'
import { createMeters } from '../../metrics.ts'
import { readBoard } from '../../operations/board.ts'
import { createScheduling } from '../../operations/scheduling.ts'
import { openSchedules } from '../../store/schedules.ts'
import { market, monday, operator, testConfig } from '../../testing/test-scheduler.ts'
import { openStation } from './open-station.ts'

const points = [
  { device: 'battery', quantity: 'MaxPow', command: 100, output: 1100 },
  { device: 'battery', quantity: 'OnOff', command: 200, output: 1200 },
] as const

it('answers a station interrogation with what is told now', async () => {
  const { say, hear } = await centre()
  // C_IC_NA_1, activation, common address 1, qualifier 20
  say('680e0000000064010600010000000014')
  expect(await hear(5)).toEqual([
    '6804 0b000000',
    'I 64 01 0700 0100 000000 14',
    // M_ME_NC_1, interrogated: 4000 W
    'I 0d 01 1400 0100 4c0400 00007a45 00',
    // M_SP_NA_1: connected
    'I 01 01 1400 0100 b00400 01',
    'I 64 01 0a00 0100 000000 14',
  ])
})

it('turns a set point into a schedule, and tells its output with the time', async () => {
  const { scheduling, say, hear } = await centre()
  // C_SE_NC_1 to object 100: 1500 W
  say('6812000000003201060001006400000080bb4400')
  const [, change, confirmation, termination] = await hear(4)
  // M_ME_TF_1, spontaneous, 2027-03-01 00:00:00, a Monday
  expect(change).toBe('I 24 01 0300 0100 4c0400 0080bb44 00 0000000021031b')
  expect(confirmation).toBe('I 32 01 0700 0100 640000 0080bb44 00')
  expect(termination).toBe('I 32 01 0a00 0100 640000 0080bb44 00')
  expect(scheduling.output('battery', 'MaxPow')).toMatchObject({ value: 1500, priority: 50, entry: 1 })
})

it('lets a newer set point take the place of the last one', async () => {
  const { scheduling, say, hear } = await centre()
  say('6812000000003201060001006400000080bb4400')
  await hear(4)
  say('68120200000032010600010064000000007a4400')
  await hear(8)
  expect(scheduling.output('battery', 'MaxPow')).toMatchObject({ value: 1000 })
  const states = scheduling.views('battery', 'MaxPow').map(({ state, origin }) => origin === 'slot' && state === 4)
  expect(states.filter(Boolean)).toHaveLength(1)
})

it('switches off by a single command with a time, unless it is too old', async () => {
  const { scheduling, say, hear } = await centre()
  // C_SC_TA_1 to object 200: off, at 2027-03-01 00:00:30
  say('681500000000 3a0106000100c80000 00 3075000021031b'.replaceAll(' ', ''))
  const [, change, confirmation] = await hear(4)
  expect(change).toBe('I 1e 01 0300 0100 b00400 00 0000000021031b')
  expect(confirmation).toMatch(/^I 3a 01 0700/)
  expect(scheduling.output('battery', 'OnOff')).toMatchObject({ value: false })
  // the same on, of an hour ago
  say('681502000000 3a0106000100c80000 01 3075001737021b'.replaceAll(' ', ''))
  expect((await hear(5)).at(-1)).toMatch(/^I 3a 01 4700/)
  expect(scheduling.output('battery', 'OnOff')).toMatchObject({ value: false })
})

it.each([
  ['an unknown type', '680e00000000 3b0106000100 c80000 01', 'I 3b 01 6c00'],
  ['an unknown address', '680e00000000 2d0106000700 c80000 01', 'I 2d 01 6e00'],
  ['an unknown object', '680e00000000 2d0106000100 e70300 01', 'I 2d 01 6f00'],
  ['an unknown cause', '680e00000000 2d0103000100 c80000 01', 'I 2d 01 6d00'],
  ['a set point that is no number', '681200000000 320106000100 640000 0000c07f 00', 'I 32 01 4700'],
])('refuses %s', async (_, octets, answer) => {
  const { say, hear } = await centre()
  say(octets.replaceAll(' ', ''))
  expect((await hear(2))[1]).toContain(answer)
})

it('confirms a selection without carrying it out', async () => {
  const { scheduling, say, hear } = await centre()
  say('6812000000003201060001006400000080bb4480')
  expect((await hear(2))[1]).toBe('I 32 01 0700 0100 640000 0080bb44 80')
  expect(scheduling.output('battery', 'MaxPow')).toMatchObject({ value: 4000 })
})

it('takes the time of a control centre for what goes over the station, and tells changes in it', async () => {
  const { scheduling, say, hear } = await centre()
  // C_CS_NA_1: 2027-03-01 01:00:00, an hour ahead
  say('681400000000 67010600010000000000000001 21031b'.replaceAll(' ', ''))
  expect((await hear(2))[1]).toBe('I 67 01 0700 0100 000000 00 00000121031b')
  // C_SC_TA_1 to object 200: off, at 01:00:30
  say('681502000000 3a0106000100c80000 00 3075000121031b'.replaceAll(' ', ''))
  expect((await hear(4))[2]).toBe('I 1e 01 0300 0100 b00400 00 0000000121031b')
  expect(scheduling.output('battery', 'OnOff')).toMatchObject({ value: false })
  // a time that is marked as invalid
  say('681404000000 67010600010000000000008001 21031b'.replaceAll(' ', ''))
  expect((await hear(6)).at(-1)).toMatch(/^I 67 01 4700/)
})

it('keeps changes that nobody hears for the next one who listens', async () => {
  const { scheduling, say, hear, ended, again } = await centre()
  await hear(1)
  say('680413000000') // STOPDT
  await hear(2)
  const caller = { name: 'test', role: 'operator' } as const
  const order = { seconds: 600, priority: 60 }
  await scheduling.direct('battery', 'MaxPow', { ...order, value: 1000 }, caller)
  say('000000')
  await ended
  await scheduling.direct('battery', 'OnOff', { ...order, value: false }, caller)
  const other = await again()
  expect((await other.hear(3)).slice(1)).toEqual([
    'I 24 01 0300 0100 4c0400 00007a44 00 0000000021031b',
    'I 1e 01 0300 0100 b00400 00 0000000021031b',
  ])
})

it('transfers data over one connection of a redundancy group: the one that was started last', async () => {
  const { scheduling, say, hear, again } = await centre({ groups: [{ name: 'north', clients: ['127.0.0.1'] }] })
  await hear(1)
  const order = { seconds: 600, priority: 60 }
  const caller = { name: 'test', role: 'operator' } as const
  await scheduling.direct('battery', 'MaxPow', { ...order, value: 1000 }, caller)
  const change = 'I 24 01 0300 0100 4c0400 00007a44 00 0000000021031b'
  expect(await hear(2)).toEqual(['6804 0b000000', change])
  // it was not acknowledged: the other connection hears it again
  const other = await again()
  expect(await other.hear(2)).toEqual(['6804 0b000000', change])
  await scheduling.direct('battery', 'OnOff', { ...order, value: false }, caller)
  expect((await other.hear(3)).at(-1)).toMatch(/^I 1e 01 0300/)
  // TESTFR goes over the one that stands by, and no data
  say('680443000000')
  expect((await hear(3)).slice(2)).toEqual(['6804 83000000'])
})

it('tells every control centre that is in no group', async () => {
  const { scheduling, hear, again } = await centre()
  const other = await again()
  for (const one of [{ hear }, other]) await one.hear(1)
  const order = { seconds: 600, priority: 60, value: 1000 }
  await scheduling.direct('battery', 'MaxPow', order, { name: 'test', role: 'operator' })
  for (const one of [{ hear }, other]) expect((await one.hear(2)).at(-1)).toMatch(/^I 24 01 0300/)
})

it('speaks TLS with control centres that show a certificate it knows', async () => {
  const { certs, port, hear } = await centre({ tls: 'operator' })
  expect(await hear(1)).toEqual(['6804 0b000000'])
  for (const options of [secureContext(market), { ca: certs.ca }]) {
    const socket = connectTls({ ...options, port, host: '127.0.0.1', checkServerIdentity: () => undefined })
    socket.on('error', () => undefined)
    await new Promise((resolve) => void socket.once('close', resolve))
  }
})

it('cuts off who is not expected, and who does not speak the protocol', async () => {
  const { port, say, ended } = await centre({ mostConnections: 1 })
  const other = connect(port, '127.0.0.1')
  await once(other, 'close')
  say('474554202f20485454502f312e310d0a')
  await ended
})

type Changes = Readonly<{ mostConnections?: number; tls?: 'operator'; groups?: readonly object[] }>

/** A control centre on a real connection; what it says and hears are octets as hex digits. */
async function centre({ tls, ...changes }: Changes = {}) {
  const base = testConfig()
  const listen = {
    listen: { host: '127.0.0.1', port: 0 },
    ...(tls && { tls: { certs: base.certs, lfdi: [operator.lfdi] } }),
  }
  const config = Config.parse({ ...base, iec104: { ...listen, slots: [1, 2, 3], points: [...points], ...changes } })
  if (!config.iec104) throw new Error('no station')
  const clock = virtualClock(monday)
  const store = openSchedules(config.store)
  const scheduling = createScheduling(readBoard(config), store, clock)
  const log = createLogger('test', 'silent')
  const meters = createMeters(new Registry())
  const station = await openStation({ config: config.iec104, scheduling, clock, log, meters })
  const certs = secureContext(operator)
  onTestFinished(async () => {
    await station[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })
  const again = async () => {
    const at = { port: station.port, host: '127.0.0.1' }
    const socket = tls ? connectTls({ ...certs, ...at, checkServerIdentity: () => undefined }) : connect(at)
    onTestFinished(() => void socket.destroy())
    await once(socket, tls ? 'secureConnect' : 'connect')
    let heard = Buffer.alloc(0)
    socket.on('data', (octets) => (heard = Buffer.concat([heard, octets])))
    socket.on('error', () => undefined)
    const say = (hex: string): void => void socket.write(Buffer.from(hex, 'hex'))
    // STARTDT
    say('680407000000')
    const hear = async (count: number): Promise<readonly string[]> => {
      await expect.poll(() => shown(heard).length).toBeGreaterThanOrEqual(count)
      return shown(heard)
    }
    return { say, hear, ended: once(socket, 'close') }
  }
  return { scheduling, port: station.port, certs, again, ...(await again()) }
}

/** Frames as hex digits: I frames as type, count, cause, address, object, value, quality and what follows. */
function shown(octets: Buffer): readonly string[] {
  const frames: string[] = []
  for (let at = 0; at < octets.length;) {
    const end = at + 2 + octets.readUInt8(at + 1)
    const frame = octets.subarray(at, end).toString('hex')
    const asdu = frame.slice(12)
    const isFloat = ['0d', '24', '32'].includes(asdu.slice(0, 2))
    const ends = isFloat ? [2, 4, 8, 12, 18, 26, 28] : [2, 4, 8, 12, 18, 20]
    const parts = [0, ...ends].map((from, index) => asdu.slice(from, ends[index])).filter((part) => part !== '')
    frames.push(asdu === '' ? `6804 ${frame.slice(4)}` : `I ${parts.join(' ')}`)
    at = end
  }
  return frames
}
