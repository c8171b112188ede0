import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { createModbus, type Modbus } from '../modbus.ts'
import { serveSunspec, type SunspecSimulatorOptions } from './serve.ts'

// DER models from 40000 on: 704 begins behind the marker and models 1, 701, 702 and 703
const acControls = 40_002 + 68 + 155 + 52 + 19

it('begins with the marker and ends the chain', async () => {
  await using bench = await serve({ models: '1xx' })
  expect(await bench.modbus.read(40_000, 4)).toEqual([0x53_75, 0x6e_53, 1, 66])
  const end = 40_002 + 68 + 52 + 28 + 32 + 46 + 26
  expect(await bench.modbus.read(end, 2)).toEqual([0xff_ff, 0])
})

it.each([
  ['a register that does not exist', 39_999, [1], 2],
  ['a register that is only read', 40_070, [1], 2],
  ['a point that the device does not have', acControls + 8, [1], 2],
  ['a switch that is neither on nor off', acControls + 14, [2], 3],
  ['a limit above 100 %', acControls + 15, [10_001], 3],
])('refuses to write %s, and keeps what it had', async (_, address, words, code) => {
  await using bench = await serve({})
  const before = await bench.modbus.read(acControls, 65)
  await expect(bench.modbus.write({ address, words })).rejects.toMatchObject({ name: 'ModbusException', code })
  expect(await bench.modbus.read(acControls, 65)).toEqual(before)
})

it.each([
  ['more registers than a message holds', '00010000000601030000007e', '000100000003018303'],
  ['a function that it does not have', '000200000006012b00000001', '00020000000301ab01'],
  ['registers beyond the end', '0003000000060103f0000001', '000300000003018302'],
])('answers %s with an exception', async (_, request, answer) => {
  await using bench = await serve({})
  const socket = connect({ port: bench.port, host: '127.0.0.1' })
  socket.write(Buffer.from(request, 'hex'))
  const [bytes] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  expect(bytes.toString('hex')).toBe(answer)
})

it('hangs up on what is not Modbus', async () => {
  await using bench = await serve({})
  const socket = connect({ port: bench.port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await once(socket, 'close')
})

it('counts down to the reversion, and begins again when it is written', async () => {
  await using bench = await serve({})
  await bench.modbus.write({ address: acControls + 15, words: [5000, 2000, 1, 0, 60] })
  await bench.modbus.write({ address: acControls + 14, words: [1] })
  bench.pass(40)
  expect(await bench.modbus.read(acControls + 20, 2)).toEqual([0, 20])
  await bench.modbus.write({ address: acControls + 14, words: [1] })
  bench.pass(59)
  expect(await bench.modbus.read(acControls + 14, 2)).toEqual([1, 5000])
  bench.pass(2)
  expect(await bench.modbus.read(acControls + 14, 2)).toEqual([1, 2000])
})

/** A simulator and a bare Modbus connection to it; time passes when it is told to. */
async function serve(options: Omit<SunspecSimulatorOptions, 'now'>) {
  let time = 1_800_014_400
  const simulator = await serveSunspec({ host: '127.0.0.1', ...options, now: () => time })
  const { port } = simulator
  const modbus: Modbus = createModbus({ host: '127.0.0.1', port, unit: 1, timeoutSeconds: 2 })
  return {
    modbus,
    port,
    pass(seconds: number) {
      time += seconds
    },
    async [Symbol.asyncDispose]() {
      await modbus[Symbol.asyncDispose]()
      await simulator[Symbol.asyncDispose]()
    },
  }
}
