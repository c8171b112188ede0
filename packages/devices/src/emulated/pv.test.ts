import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DeviceSetpoint } from '../setpoint.ts'
import type { Surroundings } from './environment.ts'
import { createEmulatedPv } from './pv.ts'

it('delivers what the sun gives, up to its rating', async () => {
  expect((await pv({ irradiance: 0.5 }).after(1)).watts).toBeCloseTo(2750, 6) // 5500 W of modules, half sun, 25 °C cells
  expect((await pv({ irradiance: 1 }).after(1)).watts).toBeCloseTo(5000, 6)
})

it('ramps to a limit in rampTms and back by its gradient when released', async () => {
  const { device, after } = pv({})
  await after(1)
  await device.apply({ opModMaxLimW: 0.5, rampSeconds: 10 })
  expect((await after(4)).watts).toBeCloseTo(4000, 6)
  expect(await after(6)).toMatchObject({ inverter: 'derated', limitW: 2500, availableW: 5000 })
  expect((await after(0)).watts).toBeCloseTo(2500, 6)
  await device.apply({})
  expect((await after(2)).watts).toBeCloseTo(3500, 6) // 10 % of 5 kW a second
  expect((await after(10)).watts).toBeCloseTo(5000, 6)
})

it('does not begin a ramp again when it is asked for the same again', async () => {
  const { device, after } = pv({})
  await after(1)
  for (let second = 0; second < 10; second++) {
    await device.apply({ opModMaxLimW: 0, rampSeconds: 10 })
    await after(1)
  }
  expect((await after(0)).watts).toBeCloseTo(0, 6)
})

it('keeps to the smallest of several limits', async () => {
  const { device, after } = pv({})
  await device.apply({ opModMaxLimW: 0.8, opModGenLimW: 3000, opModExpLimW: 1500, rampSeconds: 0 })
  expect((await after(2)).watts).toBeCloseTo(1500, 6)
})

it('ceases to energize, stays connected, and returns after the enter-service delay', async () => {
  const { device, after } = pv({})
  await device.apply({ opModEnergize: false })
  expect(await after(1)).toMatchObject({
    watts: 0,
    connected: true,
    operating: false,
    inverter: 'standby',
    mode: 'off',
  })
  await device.apply({})
  expect(await after(9)).toMatchObject({ watts: 0, inverter: 'standby' })
  expect(await after(1)).toMatchObject({ watts: 250, inverter: 'starting' }) // the first of twenty seconds of ramp
  expect(await after(25)).toMatchObject({ watts: 5000, inverter: 'tracking' })
})

it('trips by the must-trip curve it is given, and no longer when that is released', async () => {
  const { device, after, surroundings } = pv({})
  await after(1)
  surroundings.volts = 210 // 0.875 pu: by itself it would trip after 21 s
  expect(await after(4)).toMatchObject({ inverter: 'tracking' })
  await device.apply({ opModLVRTMustTrip: { points: [{ x: 3, y: 0.88 }], of: 'effectiveVolts' } })
  expect(await after(4)).toMatchObject({ watts: 0, inverter: 'fault', connected: false })
  await device.apply({})
  expect(await after(1)).not.toMatchObject({ inverter: 'fault' })
})

it('opens its contactor when told to disconnect', async () => {
  const { device, after } = pv({})
  await device.apply({ opModConnect: false })
  expect(await after(1)).toMatchObject({ watts: 0, connected: false, available: false, inverter: 'off' })
})

it('absorbs var after a volt-var curve of effective voltage', async () => {
  const { device, after } = pv({ volts: 249.6, irradiance: 0.5 })
  const points = [
    { x: 0.92, y: 1 },
    { x: 0.98, y: 0 },
    { x: 1.02, y: 0 },
    { x: 1.08, y: -1 },
  ]
  await device.apply({ opModVoltVar: { points, of: 'maxVar', openLoopSeconds: 1 } })
  expect((await after(60)).vars).toBeCloseTo(-(5500 * 0.44) / 3, 3) // 104 %: a third of the way down
})

it.each([
  { setpoint: { opModFixedVar: { fraction: 0.2, of: 'maxW' } }, vars: 1000 },
  { setpoint: { opModFixedVar: { fraction: -0.5, of: 'maxVar' } }, vars: -1210 },
  { setpoint: { opModTargetVar: 600 }, vars: 600 },
  { setpoint: { opModFixedPFInjectW: { displacement: 0.8, underExcited: true } }, vars: -2062.5 },
  { setpoint: { opModFixedPFInjectW: { displacement: 0.8, underExcited: false } }, vars: 2062.5 },
] as const)('gives $vars var when asked for $setpoint', async ({ setpoint, vars }) => {
  const { device, after } = pv({ irradiance: 0.5 })
  await device.apply(setpoint)
  expect((await after(120)).vars).toBeCloseTo(vars, 2)
})

it('trips on a high voltage and says so', async () => {
  expect(await pv({ volts: 300 }).after(5)).toMatchObject({
    watts: 0,
    connected: false,
    inverter: 'fault',
    alarms: ['overVoltage'],
  })
})

it('sleeps without sun', async () => {
  expect(await pv({ irradiance: 0 }).after(1)).toMatchObject({ watts: 0, inverter: 'sleeping', alarms: [] })
})

it('stays within its limit, its rating and its apparent power, whatever is asked under any sky', async () => {
  await fc.assert(
    fc.asyncProperty(anySetpoint, anyIrradiance, async (setpoint, irradiance) => {
      const { device, after } = pv({ irradiance })
      await device.apply({ ...setpoint, rampSeconds: 1 })
      const { watts, vars, limitW = 5000 } = await after(30)
      expect(watts).toBeLessThanOrEqual(Math.min(limitW, 5000) + 1e-3)
      expect(Math.hypot(watts, vars)).toBeLessThanOrEqual(5500 + 1e-3)
    }),
    { numRuns: 50 },
  )
})

const anyFraction = fc.double({ min: 0, max: 1, noNaN: true })
const anyIrradiance = anyFraction
const anySetpoint: fc.Arbitrary<DeviceSetpoint> = fc.record(
  {
    opModMaxLimW: anyFraction,
    opModGenLimW: fc.double({ min: 0, max: 6000, noNaN: true }),
    opModFixedVar: fc.record({
      fraction: fc.double({ min: -1, max: 1, noNaN: true }),
      of: fc.constantFrom('maxW', 'maxVar', 'availableVar'),
    }),
  },
  { requiredKeys: [] },
)

function pv(around: Partial<Surroundings>) {
  let now = 1_800_000_000
  // the air is as cold as makes the cells 25 °C in this sun
  const { irradiance = 1 } = around
  const surroundings = { volts: 240, hertz: 60, irradiance, temperature: 25 - 25 * irradiance, ...around }
  const device = createEmulatedPv({ now: () => now, maxW: 5000, environment: () => surroundings })
  const after = (seconds: number) => {
    now += seconds
    return device.status()
  }
  return { device, after, surroundings }
}
