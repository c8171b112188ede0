import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeviceSetpoint } from '../setpoint.ts'
import type { Trip } from './commute.ts'
import { createEmulatedEvCharger, type EvChargerOptions } from './ev-charger.ts'

const monday = 1_800_230_400
const away: Trip = { leavesAt: monday - 3600, returnsAt: monday + 3600, wattHours: 12_000 }
const stays: Trip = { leavesAt: monday + 86_400, returnsAt: monday + 90_000, wattHours: 12_000 }

it('charges as soon as it can, up to the target of its driver', async () => {
  const { after } = charger({ soc: 0.5, targetSoc: 0.8 })
  expect(await after(60)).toMatchObject({ watts: -7680, inverter: 'tracking', storage: { mode: 'charging' } })
  // 18 kWh more in the battery at 92 % is 19.565 kWh
  const done = await after(3 * 3600)
  expect(done).toMatchObject({ watts: 0, inverter: 'standby', available: true, vehicle: { wantedWh: 0 } })
  expect(done.receivedWh).toBeCloseTo(18_000 / 0.92, 6)
  expect(done.storage?.soc).toBeCloseTo(0.8, 9)
})

it.each([
  [{ opModMaxLimW: 0.5 }, -3840, 3840],
  [{ opModLoadLimW: 2000 }, -1920, 2000],
  [{ opModLoadLimW: 1440 }, -1440, 1440],
  [{ opModLoadLimW: 1439 }, 0, 1439],
  [{ opModLoadLimW: 3600, opModImpLimW: 3000 }, -2880, 3000],
  [{ opModTargetW: -5000 }, -4800, undefined],
  [{ opModFixedW: -0.25 }, -1920, undefined],
] satisfies [DeviceSetpoint, number, number | undefined][])(
  'under %j draws %d W, in whole amperes and none below six',
  async (setpoint, watts, limitW) => {
    const { device, after } = charger()
    await device.apply(setpoint)
    const status = await after(30)
    expect(status.watts).toBe(watts)
    expect(status.limitW).toBe(limitW)
  },
)

it('draws on three phases and at the voltage that there is', async () => {
  expect((await charger({ phases: 3, maxA: 16, vNom: 230 }).after(30)).watts).toBe(-11_040)
  const environment = () => ({ volts: 216, hertz: 60, irradiance: 0, temperature: 10 })
  expect((await charger({ environment }).after(30)).watts).toBe(-6912)
})

it('reaches a new limit in rampTms, and the old power by its gradient when released', async () => {
  const { device, after } = charger()
  await after(30)
  await device.apply({ opModMaxLimW: 0.25, rampSeconds: 12 })
  expect((await after(6)).watts).toBe(-4800) // half way from 32 to 8 A
  expect((await after(6)).watts).toBe(-1920)
  await device.apply({})
  expect((await after(2)).watts).toBe(-3360) // 3.2 A a second, whole amperes
  expect((await after(6)).watts).toBe(-7680)
})

it.each([{ opModEnergize: false }, { opModConnect: false }])('stops at once when told %j', async (setpoint) => {
  const { device, after } = charger()
  await after(30)
  await device.apply(setpoint)
  expect(await after(0)).toMatchObject({ watts: 0, available: false, operating: false })
  expect(await after(0)).toMatchObject({ connected: !('opModConnect' in setpoint) })
})

describe('without a vehicle', () => {
  it('flows nothing, and says that there is neither a battery nor a driver', async () => {
    const status = await charger({ driving: absent }).after(60)
    expect(status).toMatchObject({ watts: 0, connected: false, available: false, inverter: 'off' })
    expect(status).not.toHaveProperty('storage')
    expect(status).not.toHaveProperty('vehicle')
  })

  it('refuses to charge, but takes a limit for whoever comes', async () => {
    const { device, after } = charger({ driving: absent, soc: 0.6 })
    expect(await device.apply({ opModTargetW: -3000, opModMaxLimW: 1 })).toEqual({
      kind: 'refused',
      fields: ['opModTargetW'],
      reason: 'no vehicle',
    })
    expect(await device.apply({ opModLoadLimW: 2400 })).toEqual({ kind: 'accepted' })
    await after(3599)
    // 12 of 60 kWh were driven
    expect(await after(20)).toMatchObject({ watts: -2400, storage: { soc: expect.closeTo(0.4, 3) } })
    expect(await device.apply({ opModTargetW: -3000 })).toEqual({ kind: 'accepted' })
  })
})

it('tells what the driver wants and until when', async () => {
  const { vehicle } = await charger({ soc: 0.5, targetSoc: 0.8 }).after(0)
  expect(vehicle).toEqual({ targetSoc: 0.8, wantedWh: expect.closeTo(18_000 / 0.92, -1), departsInSeconds: 86_400 })
})

it('charges what a grant gives at no more than its power, then holds', async () => {
  const { device, after } = charger()
  await device.apply({ grant: { id: 'A', watts: 4000, wattHours: 2000 } })
  expect((await after(60)).watts).toBe(-3840)
  const done = await after(3600)
  expect(done).toMatchObject({ watts: 0, storage: { mode: 'holding' } })
  expect(done.receivedWh).toBeCloseTo(2000, 6)
})

it('draws nothing while it waits for a grant', async () => {
  const { device, after } = charger()
  await device.apply({ grant: { id: 'none', watts: 0, wattHours: 0 } })
  expect((await after(60)).watts).toBe(0)
})

describe('with a vehicle that gives back', () => {
  it('discharges down to the reserve and no further', async () => {
    const { device, after } = charger({ v2g: true, soc: 0.3, minSoc: 0.2 })
    expect(device.capability).toMatchObject({ kind: 'ev', ratings: { maxDischargeRateW: 7680 } })
    await device.apply({ opModTargetW: 5000 })
    expect(await after(30)).toMatchObject({ watts: 4800, storage: { mode: 'discharging' } })
    const done = await after(3 * 3600)
    expect(done.watts).toBe(0)
    expect(done.deliveredWh).toBeCloseTo(6000, 6)
  })

  it('exports no more than it may', async () => {
    const { device, after } = charger({ v2g: true })
    await device.apply({ opModFixedW: 1, opModExpLimW: 2500 })
    expect((await after(30)).watts).toBe(2400)
  })

  it('refuses to discharge when it cannot', async () => {
    const { device } = charger()
    expect(await device.apply({ opModTargetW: 100 })).toMatchObject({ kind: 'refused', reason: 'cannot discharge' })
  })
})

it('keeps its limits after the ramp, and its charge in balance with what flowed', async () => {
  const steps = fc.array(fc.record({ setpoint: anySetpoint, seconds: fc.integer({ min: 12, max: 9000 }) }), {
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(steps, fc.boolean(), async (asked, v2g) => {
      const { device, after } = charger({ v2g, driving: () => ({ ...stays, leavesAt: Number.MAX_SAFE_INTEGER }) })
      for (const { setpoint, seconds } of asked) {
        await device.apply(setpoint)
        const { storage, receivedWh, deliveredWh, watts, limitW = 7680 } = await after(seconds)
        const soc = storage?.soc ?? Number.NaN
        expect(soc).toBeGreaterThanOrEqual(0)
        expect(soc).toBeLessThanOrEqual(1)
        expect(-watts).toBeLessThanOrEqual(Math.min(7680, limitW) + 1e-6)
        expect(soc * 60_000).toBeCloseTo(30_000 + 0.92 * receivedWh - deliveredWh, 3)
      }
    }),
    { numRuns: 25 },
  )
})

const anySetpoint: fc.Arbitrary<DeviceSetpoint> = fc.oneof(
  fc.constant({}),
  fc.constant({ opModEnergize: false }),
  fc.record({ opModMaxLimW: fc.double({ min: 0, max: 1, noNaN: true }), rampSeconds: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ opModTargetW: fc.integer({ min: -9000, max: 9000 }), opModLoadLimW: fc.integer({ min: 0, max: 9000 }) }),
)

function absent(now: number): Trip {
  return now < away.returnsAt ? away : stays
}

function charger(options: Omit<EvChargerOptions, 'now'> = {}) {
  let now = monday
  const device = createEmulatedEvCharger({ driving: () => stays, ...options, now: () => now })
  const after = (seconds: number) => {
    now += seconds
    return device.status()
  }
  return { device, after }
}
