import { expect, it } from 'vitest'
import { curveOf, interp } from './curve.ts'

it('is linear inside and flat outside', () => {
  const curve = curveOf([0, 1, 2], [10, 20, 0])
  expect([-1, 0, 0.5, 2, 9].map((x) => interp(x, curve))).toEqual([10, 10, 15, 0, 0])
})

it('takes the last of equal points', () => {
  expect(interp(1, curveOf([0, 1, 1, 2], [0, 5, 7, 9]))).toBe(7)
})
