import { expect, it } from 'vitest'
import { defaultArea } from './area.ts'
import { createSwing } from './swing.ts'

it('comes to the same frequency in any strides', () => {
  const [fine, coarse] = [0.005, 2.5].map((stride) => {
    const swing = createSwing(defaultArea)
    for (let passed = 0; passed < 5 - 1e-9; passed += stride) swing.pass(stride, 1)
    return swing.hertz()
  })
  expect(fine).toBeLessThan(59.9)
  expect(fine).toBeCloseTo(coarse ?? 0, 6)
})

it('is at rest after a long absence, and does not go back in time', () => {
  const swing = createSwing({ ...defaultArea, fleet: { ...defaultArea.fleet, ratedPu: 0 } })
  swing.pass(1e9, 1)
  expect(swing.hertz()).toBeCloseTo(60 * (1 - 0.1 / 21), 3)
  const before = swing.hertz()
  swing.pass(-100, 1)
  expect(swing.hertz()).toBe(before)
})
