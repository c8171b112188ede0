import { expect, it } from 'vitest'
import { common } from './models/common.ts'
import { immediateControls, inverters, nameplate } from './models/legacy.ts'
import { createImage } from './sim/image.ts'
import { serveModbus } from './sim/modbus-server.ts'
import { createSunspecDevice } from './sunspec-device.ts'
import { valueOf } from './view.ts'

it('leaves a device that cannot let go by itself at its safe limit', async () => {
  await using inverter = await simpleInverter()
  {
    await using device = inverter.connect({ safeLimitW: 1000 })
    expect(await device.apply({ opModMaxLimW: 0.5 })).toEqual({ kind: 'accepted' })
    expect(inverter.limit()).toBe(50)
  }
  expect(inverter.limit()).toBe(20)
})

it('leaves a device alone that nobody asked for anything', async () => {
  await using inverter = await simpleInverter()
  {
    await using device = inverter.connect({ safeLimitW: 1000 })
    await device.status()
  }
  expect(inverter.limit()).toBe(100)
})

it('offers only what such a device has', async () => {
  await using inverter = await simpleInverter()
  await using device = inverter.connect({})
  const status = await device.status()
  expect(status).toEqual({
    at: 1000,
    watts: 0,
    vars: 0,
    volts: 0,
    hertz: 0,
    connected: true,
    available: true,
    operating: false,
    inverter: 'sleeping',
    mode: 'operational',
    alarms: [],
    deliveredWh: 0,
    receivedWh: 0,
  })
  expect(device.capability.modes).not.toContain('opModFixedVar')
  expect(device.capability.ratings).toEqual({ maxW: 5000 })
})

it('takes a device without a power to tell for faulty while it runs', async () => {
  await using inverter = await simpleInverter(4)
  await using device = inverter.connect({})
  await expect(device.status()).rejects.toMatchObject({ code: 'faulty' })
})

/** An inverter with the least that models 101, 120 and 123 may have: no timers, no power factor, no vars, asleep. */
async function simpleInverter(St = 2) {
  const [singlePhase = nameplate] = inverters
  const image = createImage(
    [
      { model: common, values: { Mn: 'plain' } },
      { model: singlePhase, values: { St } },
      { model: nameplate, values: { DERTyp: 4, WRtg_SF: 2, WRtg: 5000 } },
      { model: immediateControls, values: { WMaxLimPct_SF: 0, Conn: 1, WMaxLimPct: 100, WMaxLim_Ena: 0 } },
    ],
    0,
  )
  const server = await serveModbus({
    host: '127.0.0.1',
    port: 0,
    unit: 7,
    answers: () => true,
    bank: {
      read: async (address, count) => image.read(address, count),
      write: async (address, words) => image.write(address, words),
    },
  })
  return {
    connect: (options: { safeLimitW?: number }) =>
      createSunspecDevice({ ...options, host: '127.0.0.1', port: server.port, unit: 7, now: () => 1000 }),
    limit() {
      const controls = image.block(immediateControls)
      return controls && valueOf(controls, 'WMaxLimPct')
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
