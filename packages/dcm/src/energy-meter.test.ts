import { createEmulatedBattery } from '@gridloom/devices'
import type { Lfdi } from '@gridloom/sep2030'
import { expect, it, onTestFinished } from 'vitest'
import { createEnergyMeter } from './energy-meter.ts'
import { openJournals } from './store/journal.ts'
import { registersOf } from './store/registers.ts'

const begin = 1_800_000_000

it('counts what an hour of charging and of discharging brings', async () => {
  const { meter, device, run } = metering()
  await device.apply({ opModTargetW: -1200 })
  await run(3600)
  await device.apply({ opModTargetW: 600 })
  await run(3600)
  expect(meter().energy(begin, begin + 3600)).toMatchObject({ receivedWh: 1200, deliveredWh: 0, coveredSeconds: 3600 })
  expect(meter().energy(begin + 3660, begin + 7200).netWh).toBeCloseTo(590, 0)
  expect(meter().energy(begin, begin + 7200).netWh).toBeCloseTo(-600, 0)
})

it('does not cover what is still to come', async () => {
  const { meter, run } = metering()
  await run(90)
  expect(meter().energy(begin + 60, begin + 120).coveredSeconds).toBeCloseTo(30, 6)
})

it('goes on after a restart, and covers nothing of the time in between', async () => {
  const { meter, device, run, restart } = metering()
  await device.apply({ opModTargetW: -1200 })
  await run(600)
  const before = meter().energy(begin, begin + 600)
  await restart(300)
  await run(600)
  expect(meter().energy(begin, begin + 600)).toEqual(before)
  expect(meter().energy(begin + 600, begin + 900)).toMatchObject({ netWh: 0, coveredSeconds: 0 })
  expect(meter().energy(begin, begin + 1500)).toMatchObject({ netWh: before.netWh, coveredSeconds: 1200 })
})

function metering() {
  const database = openJournals('sqlite::memory:')
  onTestFinished(() => database[Symbol.asyncDispose]())
  const registers = registersOf(database, 'A'.repeat(40) as Lfdi)
  let now = begin
  const made = () => ({
    device: createEmulatedBattery({ now: () => now, gradient: 0 }),
    meter: createEnergyMeter({ registers, ahead: () => 0 }),
  })
  let { device, meter } = made()
  const look = async () => meter.see(await device.status())
  const run = async (seconds: number) => {
    await look()
    for (const end = now + seconds; now < end;) {
      now += 10
      await look()
    }
  }
  const restart = async (seconds: number) => {
    now += seconds
    ;({ device, meter } = made())
  }
  return { meter: () => meter, device, run, restart }
}
