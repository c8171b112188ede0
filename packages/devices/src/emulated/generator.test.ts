import { expect, it } from 'vitest'
import { createEmulatedGenerator } from './generator.ts'

it('stands still until it is asked, and takes its time to start', async () => {
  const { device, at } = generator({ startSeconds: 10, gradient: 0 })
  at(60)
  expect(await device.status()).toMatchObject({ watts: 0, inverter: 'standby' })
  await device.apply({ opModTargetW: 20_000 })
  at(65)
  expect(await device.status()).toMatchObject({ watts: 0, inverter: 'starting' })
  at(90)
  expect(await device.status()).toMatchObject({ watts: 20_000, inverter: 'tracking' })
})

it('gives all or nothing when its output is fixed', async () => {
  const { device, at } = generator({ output: 'fixed', startSeconds: 0, gradient: 0 })
  await device.apply({ opModTargetW: 1 })
  at(60)
  expect(await device.status()).toMatchObject({ watts: 50_000 })
})

it('keeps a limit, and is still when it may not energize', async () => {
  const { device, at } = generator({ startSeconds: 0, gradient: 0 })
  await device.apply({ opModTargetW: 50_000, opModExpLimW: 5000 })
  at(60)
  expect(await device.status()).toMatchObject({ watts: 5000, limitW: 5000 })
  await device.apply({ opModTargetW: 50_000, opModEnergize: false })
  at(70)
  expect(await device.status()).toMatchObject({ watts: 0, mode: 'off' })
})

function generator(options: Partial<Parameters<typeof createEmulatedGenerator>[0]>) {
  let now = 0
  const device = createEmulatedGenerator({ ...options, now: () => now })
  return { device, at: (time: number) => void (now = time) }
}
