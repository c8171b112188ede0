import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DeviceSetpoint } from '../setpoint.ts'
import { type BuildingOptions, createEmulatedBuilding } from './building.ts'
import { loadShape } from './load-shape.ts'
import { stepRoom } from './room.ts'

// by default 4 kW heat and cool, 600 W are critical, the rest runs at half: 1890 W firm, 810 W flexible; at 7 °C outside
// and 19.5 °C inside the heat pump runs at half, 2 kW, for good
const halfHeated = { temperature: 19.5, outdoors: 7 }

it('draws what its people and the weather make it draw', async () => {
  const status = await building(halfHeated).after(3600)
  expect(status.watts).toBeCloseTo(-(600 + 1890 + 810 + 2000), 3)
  expect(status.vars).toBeCloseTo(status.watts * Math.tan(Math.acos(0.97)), 6)
  expect(status).toMatchObject({ inverter: 'tracking', availableW: expect.closeTo(2810, 3) })
})

it('cools on a hot day and does neither in between', async () => {
  expect((await building({ temperature: 24.5, outdoors: 37 }).after(3600)).watts).toBeCloseTo(-5300, 3)
  expect((await building({ temperature: 22, outdoors: 22 }).after(3600)).watts).toBeCloseTo(-3300, 6)
})

it.each([
  [{ opModLoadLimW: 1000 }, -3490, 3490],
  [{ opModImpLimW: 4000 }, -4000, 4000],
  [{ opModMaxLimW: 0.4 }, -4000, 4000],
  [{ opModImpLimW: 1000 }, -2490, 1000],
  [{ opModImpLimW: 4000, opModLoadLimW: 0 }, -2490, 2490],
  [{ opModEnergize: false }, -600, undefined],
  [{ opModConnect: false }, 0, undefined],
] satisfies [DeviceSetpoint, number, number | undefined][])(
  'under %j draws %d W: limits shed what can be shed, and nothing else',
  async (setpoint, watts, limitW) => {
    const { device, after } = building(halfHeated)
    await after(60)
    await device.apply(setpoint)
    const status = await after(0)
    expect(status.watts).toBeCloseTo(watts, 3)
    if (limitW === undefined) expect(status).not.toHaveProperty('limitW')
    else expect(status.limitW).toBeCloseTo(limitW, 3)
  },
)

it('heats harder afterwards when it was kept from heating', async () => {
  const { device, after } = building(halfHeated)
  const { watts } = await after(60)
  await device.apply({ opModLoadLimW: 0 })
  expect((await after(2 * 3600)).watts).toBeCloseTo(-2490, 3)
  await device.apply({})
  expect((await after(1)).watts).toBeLessThan(watts - 1000)
})

it('takes less at a lower voltage and nothing without one', async () => {
  expect((await building({ ...halfHeated, volts: 216 }).after(0)).watts).toBeCloseTo(-0.9 * 5300, 3)
  expect((await building({ ...halfHeated, volts: 0 }).after(1)).watts).toBe(0)
})

it('refuses a mode that it does not have', async () => {
  expect(await building(halfHeated).device.apply({ opModTargetW: -100 })).toMatchObject({
    kind: 'refused',
    fields: ['opModTargetW'],
  })
})

it.each([
  ['household', 19, 3],
  ['commercial', 13, 3],
] as const)('has a %s peak at %i h above the one at %i h', (occupancy, peak, low) => {
  const wednesday = 1_800_403_200
  const shape = loadShape(occupancy, { seed: 4 })
  expect(shape(wednesday + peak * 3600)).toBeGreaterThan(3 * shape(wednesday + low * 3600))
})

it.each(['household', 'commercial'] as const)('runs between none and all of its %s appliances', (occupancy) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 2e9 }), (seed, now) => {
      const running = loadShape(occupancy, { seed })(now)
      expect(running).toBeGreaterThan(0)
      expect(running).toBeLessThanOrEqual(1)
    }),
  )
})

it('never draws more than its rating, nor more than a limit beyond what cannot be shed', async () => {
  const limits = fc.record({
    opModImpLimW: fc.integer({ min: 0, max: 12_000 }),
    outdoors: fc.integer({ min: -20, max: 45 }),
  })
  await fc.assert(
    fc.asyncProperty(limits, async ({ opModImpLimW, outdoors }) => {
      const { device, after } = building({ temperature: 21, outdoors })
      await device.apply({ opModImpLimW })
      const { watts } = await after(4 * 3600)
      expect(-watts).toBeLessThanOrEqual(Math.min(10_000, Math.max(opModImpLimW, 2490)) + 1e-6)
    }),
    { numRuns: 25 },
  )
})

it('conserves heat in the building', () => {
  const room = { joulesPerDegree: 1e7, lossWattsPerDegree: 300 }
  let temperature = 20
  let joules = 0
  for (let second = 0; second < 3600; second++) {
    const next = stepRoom(room, temperature, { watts: 4000, outdoors: 5 }, 1)
    joules += 4000 - 300 * ((temperature + next) / 2 - 5)
    temperature = next
  }
  expect((temperature - 20) * 1e7).toBeCloseTo(joules, -1)
})

type Circumstances = Omit<BuildingOptions, 'now'> & { outdoors: number; volts?: number }

function building({ outdoors, volts = 240, ...options }: Circumstances) {
  let now = 1_800_000_000
  const environment = () => ({ volts, hertz: 60, irradiance: 0, temperature: outdoors })
  const device = createEmulatedBuilding({ shape: () => 0.5, environment, ...options, now: () => now })
  const after = (seconds: number) => {
    now += seconds
    return device.status()
  }
  return { device, after }
}
