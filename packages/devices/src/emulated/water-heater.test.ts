import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { hotWaterDraw } from './draws.ts'
import { joulesPerLitreDegree, stepTank, type Tank } from './tank.ts'
import { createEmulatedWaterHeater, type WaterHeaterOptions } from './water-heater.ts'

it('heats until the thermostat is satisfied, then rests', async () => {
  const { after } = heater({ temperature: 50 })
  expect(await after(1)).toMatchObject({ watts: -4500, operating: true, inverter: 'tracking', availableW: 4500 })
  // 190 l from 50 to 57.5 °C is 1657 Wh, and a little for the losses
  const { receivedWh } = await after(3600)
  expect(receivedWh).toBeGreaterThan(1657)
  expect(receivedWh).toBeLessThan(1700)
  expect(await after(0)).toMatchObject({ watts: 0, operating: false, inverter: 'standby' })
})

it.each([
  { setpoint: { opModMaxLimW: 0.5 }, watts: -2250 },
  { setpoint: { opModLoadLimW: 1000 }, watts: -1000 },
  { setpoint: { opModImpLimW: 800, opModLoadLimW: 1000 }, watts: -800 },
])('draws $watts W under $setpoint', async ({ setpoint, watts }) => {
  const { device, after } = heater({ temperature: 40 })
  await device.apply(setpoint)
  expect(await after(10)).toMatchObject({ watts, limitW: -watts, inverter: 'derated' })
})

it('sheds at once when it is told to cease, and heats again when released', async () => {
  const { device, after } = heater({ temperature: 40 })
  await after(10)
  await device.apply({ opModEnergize: false })
  expect(await after(0)).toMatchObject({ watts: 0, connected: true, operating: false })
  await device.apply({})
  expect((await after(1)).watts).toBe(-4500)
})

it.each([
  [240, -4500],
  [216, -3645],
  [252, -4500],
  [0, 0],
])('draws at %i V what its resistor takes there, up to its rating', async (volts, watts) => {
  const environment = () => ({ volts, hertz: 60, irradiance: 0, temperature: 20 })
  const { after } = heater({ temperature: 40, environment })
  expect((await after(10)).watts).toBeCloseTo(watts, 6)
})

it('makes up afterwards for what it missed', async () => {
  const { device, after } = heater({ temperature: 52 })
  await device.apply({ opModLoadLimW: 0 })
  const before = await after(0)
  const shed = await after(4 * 3600)
  expect(shed.receivedWh).toBe(before.receivedWh)
  await device.apply({})
  expect((await after(3600)).receivedWh).toBeGreaterThan(shed.receivedWh + 500)
})

it('refuses a mode that it does not have', async () => {
  const { device } = heater({})
  expect(await device.apply({ opModFixedW: 0.5 })).toEqual({
    kind: 'refused',
    fields: ['opModFixedW'],
    reason: 'not supported',
  })
})

it('draws hot water mostly in the morning and the evening, a hundred litres or so a day', () => {
  const perDay = Array.from({ length: 30 }, (_, day) => litresOn(day))
  const mean = perDay.reduce((sum, litres) => sum + litres, 0) / perDay.length
  expect(mean).toBeGreaterThan(100)
  expect(mean).toBeLessThan(400)
  expect(litresOn(3)).toBe(litresOn(3))
})

it('conserves energy in the tank', () => {
  const tank: Tank = { litres: 200, lossWattsPerDegree: 2, coldWater: 12 }
  const inputs = fc.record({
    watts: fc.integer({ min: 0, max: 5000 }),
    litresPerSecond: fc.double({ min: 0, max: 0.2, noNaN: true }),
  })
  fc.assert(
    fc.property(inputs, (input) => {
      let temperature = 50
      let joules = 0
      for (let second = 0; second < 600; second++) {
        const next = stepTank(tank, temperature, { ...input, air: 20 }, 1)
        const mean = (temperature + next) / 2
        const taken = 2 * (mean - 20) + input.litresPerSecond * joulesPerLitreDegree * (mean - 12)
        joules += input.watts - taken
        temperature = next
      }
      expect((temperature - 50) * 200 * joulesPerLitreDegree).toBeCloseTo(joules, -2)
    }),
  )
})

function litresOn(day: number): number {
  let litres = 0
  for (let second = 0; second < 86_400; second += 10)
    litres += 10 * hotWaterDraw(7, 1_800_000_000 + day * 86_400 + second)
  return litres
}

function heater(options: Omit<WaterHeaterOptions, 'now'>) {
  let now = 1_800_000_000
  const device = createEmulatedWaterHeater({ draw: () => 0, ...options, now: () => now })
  const after = (seconds: number) => {
    now += seconds
    return device.status()
  }
  return { device, after }
}
