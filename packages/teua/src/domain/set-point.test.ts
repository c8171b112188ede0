import { expect, it } from 'vitest'
import { orderMrid, wattsOf } from './set-point.ts'

// §9: kWh, 15 minutes, sold 5
const market = { intervalSeconds: 900, quantityScale: 3 }

it('turns a position into a steady power, export positive', () => {
  expect(wattsOf(-5, market)).toBe(20_000)
  expect(wattsOf(5, market)).toBe(-20_000)
  expect(Object.is(wattsOf(0, market), 0)).toBe(true)
})

it('names a set point after market, party and instrument alone', () => {
  const mRID = orderMrid('mkt-1', 'P04', 1_799_064_000)
  expect(mRID).toMatch(/^[0-9A-F]{32}$/)
  expect(orderMrid('mkt-1', 'P04', 1_799_064_000)).toBe(mRID)
  expect(new Set([mRID, orderMrid('mkt-2', 'P04', 1_799_064_000), orderMrid('mkt-1', 'P04', 1_799_064_900)]).size).toBe(
    3,
  )
})
