import { expect, it } from 'vitest'
import { createGlide } from './glide.ts'

const settings = { maxW: 1000, gradient: 0.1, modesEnabled: [], updatedAt: 0 }

it('keeps to the gradient', () => {
  const glide = createGlide(0, settings)
  expect([1, 1, 2, 10].map((seconds) => glide.step(500, seconds))).toEqual([100, 200, 400, 500])
})

it('takes rampTms to a new target, and keeps to the gradient afterwards', () => {
  const glide = createGlide(0, settings)
  glide.begin({ rampSeconds: 20 }, -100)
  expect([10, 10].map((seconds) => glide.step(-100, seconds))).toEqual([-50, -100])
  expect(glide.step(0, 1)).toBe(0)
})

it('jumps when rampTms is nothing, or nothing holds it back', () => {
  const glide = createGlide(0, settings)
  glide.begin({ rampSeconds: 0 }, 900)
  expect(glide.step(900, 1)).toBe(900)
  expect(createGlide(0, { ...settings, gradient: 0 }).step(900, 1)).toBe(900)
})
