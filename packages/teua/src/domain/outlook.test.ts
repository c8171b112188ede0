import { expect, it } from 'vitest'
import { createOutlook } from './outlook.ts'

it('expects the prices that it was told, again and again, and learns from those it sees', () => {
  const outlook = createOutlook({ prices: [100, 200], stepSeconds: 60, learning: 0.5 })
  expect([0, 60, 120].map(outlook.priceAt)).toEqual([100, 200, 100])
  outlook.see(120, 140)
  expect([0, 60].map(outlook.priceAt)).toEqual([120, 200])
})

it('expects the last price everywhere as long as it knows nothing better', () => {
  const outlook = createOutlook({ prices: [], stepSeconds: 3600, learning: 0.5 })
  outlook.see(3600, 80)
  expect([0, 3600, 3600 + 86_400].map(outlook.priceAt)).toEqual([80, 80, 80])
})
