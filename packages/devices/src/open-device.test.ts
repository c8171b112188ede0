import { expect, it } from 'vitest'
import { DeviceError } from './device.ts'
import { EmulatedConfig } from './emulated/config.ts'
import { DeviceConfig, openDevice } from './open-device.ts'

const noon = 1_800_014_400 // 12:00 UTC
const emulatedKinds = ['pv', 'battery', 'water-heater', 'ev-charger', 'building', 'pv-battery'] as const

it.each(emulatedKinds)('gives the same day again for the same seed: %s', async (kind) => {
  const often = await readings(kind, 60)
  const seldom = await readings(kind, 3600)
  expect(seldom).toEqual(often.filter((_, index) => index % 60 === 0))
})

it('gives another day for another seed', async () => {
  const days = await Promise.all([1, 2].map((seed) => energy(seed)))
  expect(days[0]).not.toBe(days[1])
  expect(Math.min(...days)).toBeGreaterThan(15_000)
})

it('stops answering when it fails, goes on meanwhile, and recovers', async () => {
  let now = noon
  const device = openDevice(EmulatedConfig.parse({ kind: 'pv' }), { now: () => now })
  const { deliveredWh } = await device.status()
  device.fail()
  await expect(device.status()).rejects.toThrow(DeviceError)
  await expect(device.apply({})).rejects.toMatchObject({ code: 'unreachable' })
  now += 600
  device.recover()
  expect((await device.status()).deliveredWh).toBeGreaterThan(deliveredWh + 300)
})

it('survives a clock that jumps far ahead', async () => {
  let now = noon
  const device = openDevice(EmulatedConfig.parse({ kind: 'pv' }), { now: () => now })
  await device.status()
  now += 30 * 86_400
  expect((await device.status()).at).toBe(now)
})

async function readings(kind: EmulatedConfig['kind'], every: number): Promise<number[]> {
  let now = noon
  const device = openDevice(
    EmulatedConfig.parse({ kind, ...(kind.endsWith('battery') && { idle: 'self-consumption' }) }),
    {
      now: () => now,
    },
  )
  const watts: number[] = []
  for (; now <= noon + 4 * 3600; now += every) watts.push((await device.status()).watts)
  return watts
}

async function energy(seed: number): Promise<number> {
  let now = noon - 43_200
  const device = openDevice(EmulatedConfig.parse({ kind: 'pv', seed }), { now: () => now })
  now += 86_400
  return (await device.status()).deliveredWh
}

it.each([
  [{ kind: 'cta2045' }, 'needs serial or tcp'],
  [{ kind: 'cta2045', tcp: 'localhost' }, 'HOST:PORT'],
  [{ kind: 'mqtt', url: 'http://localhost', topic: 'a' }, 'Invalid URL'],
  [{ kind: 'mqtt', url: 'mqtts://localhost', topic: 'all/#' }, 'is no topic'],
])('does not take %j for a device', (config, reason) => {
  expect(() => DeviceConfig.parse(config)).toThrow(reason)
})

it('opens a device that is not there, and says so', async () => {
  await using heater = openDevice(DeviceConfig.parse({ kind: 'cta2045', tcp: '[::1]:1' }), { now: () => noon })
  await expect(heater.status()).rejects.toMatchObject({ code: 'unreachable' })
  await using roof = openDevice(DeviceConfig.parse({ kind: 'mqtt', url: 'mqtts://localhost:1', topic: 'roof' }), {
    now: () => noon,
  })
  await expect(roof.status()).rejects.toMatchObject({ code: 'unreachable' })
})
