import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scaled, toActivePower, toApparentPower, toRealEnergy, unscaled } from './power-of-ten.ts'

const int16 = { min: -32_768, max: 32_767 }

it.each([
  [0, { multiplier: 0, value: 0 }],
  [5000, { multiplier: 0, value: 5000 }],
  [5, { multiplier: -3, value: 5000 }],
  [-32_768, { multiplier: 0, value: -32_768 }],
  [40_000, { multiplier: 1, value: 4000 }],
  [1_234_567, { multiplier: 2, value: 12_346 }],
])('writes %f W with the smallest multiplier that fits', (watts, expected) => {
  expect(toActivePower(watts)).toEqual(expected)
})

it('rounds half to even', () => {
  expect(scaled(2.5, { ...int16, from: 0 }).value).toBe(2)
  expect(scaled(3.5, { ...int16, from: 0 }).value).toBe(4)
  expect(scaled(-2.5, { ...int16, from: 0 }).value).toBe(-2)
  expect(scaled(-0.7, { ...int16, from: 0 }).value).toBe(-1)
})

it('refuses what no power of ten can hold', () => {
  expect(() => toActivePower(1e15)).toThrow('no power of ten makes it fit its type: "1000000000000000"')
  expect(() => toApparentPower(-1)).toThrow('no power of ten')
  expect(() => toActivePower(Number.NaN)).toThrow('no power of ten')
})

it('reads a power factor without the error of a product', () => {
  expect(unscaled({ multiplier: -3, value: 950 })).toBe(0.95)
  expect(unscaled({ multiplier: 3, value: 5 })).toBe(5000)
})

it('loses no more than half of the last digit', () => {
  const watts = fc.double({ min: -3e9, max: 3e9, noNaN: true })
  fc.assert(
    fc.property(watts, (amount) => {
      const power = toActivePower(amount)
      expect(Math.abs(unscaled(power) - amount)).toBeLessThanOrEqual(0.5 * 10 ** power.multiplier * (1 + 1e-9))
    }),
  )
})

it('has room for the energy of a lifetime', () => {
  expect(toRealEnergy(2 ** 47)).toEqual({ multiplier: 0, value: 2 ** 47 })
})
