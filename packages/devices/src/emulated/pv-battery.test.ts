import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DeviceSetpoint } from '../setpoint.ts'
import { createEmulatedPvBattery, type PvBatteryOptions } from './pv-battery.ts'

it('delivers what the sun gives while nobody asks, and lets the battery rest', async () => {
  const status = await plant({ sunW: 3000 }).after(600)
  expect(status).toMatchObject({ inverter: 'tracking', storage: { soc: expect.closeTo(0.5, 9), mode: 'holding' } })
  expect(status.watts).toBeCloseTo(3000, 6)
})

it.each([
  ['more than the sun gives', { opModTargetW: 4500 }, 4500, 'discharging'],
  ['less than the sun gives', { opModFixedW: 0.2 }, 1000, 'charging'],
  ['a charge from the grid', { opModTargetW: -1500 }, -1500, 'charging'],
  ['a charge of the battery alone', { opModStorageTargetW: -2000 }, 1000, 'charging'],
  ['an export limit', { opModExpLimW: 500 }, 500, 'charging'],
  ['a maximum', { opModMaxLimW: 0.5 }, 2500, 'charging'],
] as const)('gives %s', async (_, setpoint, watts, mode) => {
  const { device, after } = plant({ sunW: 3000 })
  await device.apply(setpoint)
  const status = await after(60)
  expect(status.watts).toBeCloseTo(watts, 3)
  expect(status.storage?.mode).toBe(mode)
})

it('stores 95 % of the sun that may not go out', async () => {
  const { device, after } = plant({ sunW: 3000 })
  await device.apply({ opModGenLimW: 0, rampSeconds: 0 })
  const { deliveredWh, storage } = await after(3600)
  expect(deliveredWh).toBeCloseTo(3000 / 3600, 3) // the second before the limit
  expect((storage?.soc ?? 0) * 10_000).toBeCloseTo(5000 + 0.95 * 3000 * (3599 / 3600), 3)
})

it('curtails the sun when the battery is full', async () => {
  const { device, after } = plant({ sunW: 3000, soc: 1 })
  await device.apply({ opModExpLimW: 1000 })
  const status = await after(60)
  expect(status.watts).toBeCloseTo(1000, 6)
  expect(status).toMatchObject({ inverter: 'derated', limitW: 1000, storage: { soc: expect.closeTo(1, 6) } })
})

it('ramps to a limit in rampTms', async () => {
  const { device, after } = plant({ sunW: 5000 })
  await after(30)
  await device.apply({ opModMaxLimW: 0.5, rampSeconds: 10 })
  expect((await after(4)).watts).toBeCloseTo(4000, 3)
  expect((await after(6)).watts).toBeCloseTo(2500, 3)
})

it('covers the house from the sun first and the battery then', async () => {
  const { after } = plant({ sunW: 1000, house: () => 1800 })
  const status = await after(60)
  expect(status.watts).toBeCloseTo(1800, 6)
  expect(status.storage?.mode).toBe('discharging')
})

it('charges what a grant gives, and no more', async () => {
  const { device, after } = plant({ sunW: 0 })
  await device.apply({ grant: { id: 'A', watts: 3000, wattHours: 1500 } })
  expect((await after(600)).watts).toBeCloseTo(-3000, 6)
  const done = await after(3600)
  expect(done.receivedWh).toBeGreaterThan(1495)
  expect(done.receivedWh).toBeLessThanOrEqual(1500.01)
})

it('takes no more from the grid than it may when a cloud comes', async () => {
  const { device, after, sky } = plant({ sunW: 3000 })
  await device.apply({ opModStorageTargetW: -3000, opModImpLimW: 500 })
  expect((await after(60)).watts).toBeCloseTo(0, 6)
  sky.irradiance = 0
  expect((await after(1)).watts).toBeCloseTo(-500, 6)
})

it('keeps the demand when volt-watt acts beside a limit', async () => {
  const { device, after } = plant({ sunW: 1000 })
  const points = [
    { x: 1.06, y: 1 },
    { x: 1.1, y: 0 },
  ]
  await device.apply({ opModVoltWatt: { points, of: 'maxW' }, opModMaxLimW: 0.9 })
  expect((await after(120)).watts).toBeCloseTo(1000, 3)
})

it('is a PV with storage, of 5 kW in and out', () => {
  expect(plant({ sunW: 0 }).device.capability).toMatchObject({
    kind: 'pv-storage',
    ratings: { maxW: 5000, maxChargeRateW: 5000, maxDischargeRateW: 5000, maxWh: 10_000 },
  })
})

it('stays within its limits, and its battery between the reserve and full', async () => {
  const steps = fc.array(
    fc.record({
      setpoint: anySetpoint,
      sun: fc.integer({ min: 0, max: 5500 }),
      seconds: fc.integer({ min: 20, max: 3000 }),
    }),
    { maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(steps, async (asked) => {
      const { device, after, sky } = plant({ sunW: 0 })
      for (const { setpoint, sun, seconds } of asked) {
        sky.irradiance = sun / 5500
        sky.temperature = 25 - 25 * sky.irradiance
        await device.apply({ ...setpoint, rampSeconds: 10 })
        const { storage, watts, vars, limitW = 5000 } = await after(seconds)
        expect(watts).toBeLessThanOrEqual(limitW + 1e-3)
        expect(-watts).toBeLessThanOrEqual((setpoint.opModImpLimW ?? 5000) + 1e-3)
        expect(Math.hypot(watts, vars)).toBeLessThanOrEqual(5500 + 1e-3)
        expect(storage?.soc).toBeGreaterThanOrEqual(0.1 - 1e-6)
        expect(storage?.soc).toBeLessThanOrEqual(1 + 1e-6)
      }
    }),
    { numRuns: 25 },
  )
})

const anySetpoint: fc.Arbitrary<DeviceSetpoint> = fc.oneof(
  fc.constant({}),
  fc.record({ opModTargetW: fc.integer({ min: -6000, max: 6000 }), opModImpLimW: fc.integer({ min: 0, max: 6000 }) }),
  fc.record({ opModFixedW: fc.double({ min: -1, max: 1, noNaN: true }) }),
  fc.record({
    opModMaxLimW: fc.double({ min: 0, max: 1, noNaN: true }),
    opModStorageTargetW: fc.integer({ min: -6000, max: 6000 }),
  }),
  fc.record({ opModExpLimW: fc.integer({ min: 0, max: 6000 }) }),
)

/** A plant whose cells are 25 °C warm, under a sky that gives so many watts of its 5500. */
function plant({ sunW, ...options }: Omit<PvBatteryOptions, 'now'> & { sunW: number }) {
  let now = 1_800_000_000
  const irradiance = sunW / 5500
  const sky = { volts: 240, hertz: 60, irradiance, temperature: 25 - 25 * irradiance }
  const device = createEmulatedPvBattery({ capacityWh: 10_000, environment: () => sky, ...options, now: () => now })
  const after = (seconds: number) => {
    now += seconds
    return device.status()
  }
  return { device, after, sky }
}
