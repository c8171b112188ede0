import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DeviceSetpoint } from '../setpoint.ts'
import { type BatteryOptions, createEmulatedBattery } from './battery.ts'

it('holds while nobody asks for anything', async () => {
  expect(await battery().after(3600)).toMatchObject({ watts: 0, storage: { soc: 0.5, mode: 'holding' } })
})

it('discharges in percent of the discharge rating and charges in percent of the charge rating', async () => {
  const { device, after } = battery({ maxChargeW: 4000 })
  await device.apply({ opModFixedW: 0.5 })
  expect((await after(60)).watts).toBeCloseTo(2500, 6)
  await device.apply({ opModFixedW: -0.5 })
  expect(await after(60)).toMatchObject({ watts: expect.closeTo(-2000, 6), storage: { mode: 'charging' } })
})

it('charges an hour at 2 kW and stores 95 % of it', async () => {
  const { device, after } = battery({ gradient: 0 })
  await device.apply({ opModTargetW: -2000 })
  const { receivedWh, storage } = await after(3600)
  expect(receivedWh).toBeCloseTo(2000, 6)
  // the charge shown is that before the last second
  expect((storage?.soc ?? 0) * 10_000).toBeCloseTo(5000 + 0.95 * 2000 * (3599 / 3600), 6)
})

it('stops at its reserve and when full', async () => {
  const { device, after } = battery()
  await device.apply({ opModFixedW: 1 })
  expect((await after(3 * 3600)).storage?.soc).toBeCloseTo(0.1, 3)
  expect((await after(0)).watts).toBeCloseTo(0, 3)
  await device.apply({ opModFixedW: -1 })
  expect((await after(6 * 3600)).storage?.soc).toBeCloseTo(1, 3)
})

it.each([{ gradient: 0 }, { gradient: 0.01 }])(
  'follows a grant to its last watt-hour at $gradient',
  async (options) => {
    const { device, after } = battery(options)
    await device.apply({ grant: { id: 'A', watts: 3000, wattHours: 1500 } })
    expect((await after(600)).watts).toBeCloseTo(-3000, 6)
    const done = await after(3600)
    expect(done.watts).toBeCloseTo(0, 1)
    expect(done.receivedWh).toBeGreaterThan(1495)
    expect(done.receivedWh).toBeLessThanOrEqual(1500.01)
  },
)

it('counts a new grant from nothing', async () => {
  const { device, after } = battery({ gradient: 0 })
  await device.apply({ grant: { id: 'A', watts: 3000, wattHours: 300 } })
  await after(900)
  await device.apply({ grant: { id: 'B', watts: 3000, wattHours: 300 } })
  expect((await after(900)).receivedWh).toBeCloseTo(600, 3)
})

it('lets a limit bound what a grant gives, and a set point come before it', async () => {
  const { device, after } = battery()
  const grant = { id: 'A', watts: 3000, wattHours: 3000 }
  await device.apply({ grant, opModLoadLimW: 1000 })
  expect((await after(60)).watts).toBeCloseTo(-1000, 6)
  await device.apply({ grant, opModFixedW: 0.2 })
  expect((await after(60)).watts).toBeCloseTo(1000, 6)
})

it('absorbs var while charging when the power factor says under-excited', async () => {
  const { device, after } = battery()
  const pf = { displacement: 0.8, underExcited: true }
  await device.apply({ opModFixedW: -0.4, opModFixedPFAbsorbW: pf })
  expect((await after(120)).vars).toBeCloseTo(-1500, 2)
  await device.apply({ opModFixedW: 0.4, opModFixedPFInjectW: pf })
  expect((await after(120)).vars).toBeCloseTo(-1500, 2)
})

it('covers the house when its idea is self-consumption', async () => {
  expect((await battery({ idle: () => 700 }).after(60)).watts).toBeCloseTo(700, 6)
})

it('keeps its charge between empty and full and balanced with the energy that flowed', async () => {
  const steps = fc.array(fc.record({ setpoint: anySetpoint, seconds: fc.integer({ min: 1, max: 3000 }) }), {
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(steps, async (asked) => {
      const { device, after } = battery({ maxChargeW: 3000 })
      for (const { setpoint, seconds } of asked) {
        await device.apply(setpoint)
        const { storage, receivedWh, deliveredWh, watts } = await after(seconds)
        const soc = storage?.soc ?? Number.NaN
        expect(soc).toBeGreaterThanOrEqual(0)
        expect(soc).toBeLessThanOrEqual(1)
        // the charge shown is that before the last second
        const stored = 0.95 * (receivedWh - Math.max(0, -watts) / 3600) - (deliveredWh - Math.max(0, watts) / 3600)
        expect(soc * 10_000).toBeCloseTo(5000 + stored, 3)
      }
    }),
    { numRuns: 25 },
  )
})

const anySetpoint: fc.Arbitrary<DeviceSetpoint> = fc.oneof(
  fc.constant({}),
  fc.double({ min: -1, max: 1, noNaN: true }).map((opModFixedW) => ({ opModFixedW })),
  fc.record({
    opModTargetW: fc.integer({ min: -9000, max: 9000 }),
    opModMaxLimW: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.constant({ opModEnergize: false }),
)

function battery(options: Omit<BatteryOptions, 'now'> = {}) {
  let now = 1_800_000_000
  const device = createEmulatedBattery({ capacityWh: 10_000, ...options, now: () => now })
  const after = (seconds: number) => {
    now += seconds
    return device.status()
  }
  return { device, after }
}
