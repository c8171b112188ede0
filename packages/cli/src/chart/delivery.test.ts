import { expect, it } from 'vitest'
import { drawDelivery } from './delivery.ts'

it('draws what was there below its baseline and at the bound that was asked', () => {
  const interval = { start: 0, end: 60, lowW: null, highW: 5000, baselineW: 10_000, metered: 3, delivered: true }
  const lines = drawDelivery([
    { ...interval, actualW: 8000 },
    { ...interval, actualW: 5000 },
    { ...interval, actualW: null },
  ]).split('\n')
  expect(lines[0]).toBe('  10.00 kW ┤·········')
  expect(lines[2]).toBe('           ┤███      ')
  expect(lines[5]).toBe('   5.00 kW ┤───███───')
})

it('draws nothing but zero where nothing flows', () => {
  const idle = { start: 0, end: 60, lowW: null, highW: null, baselineW: 0, actualW: 0, metered: 1, delivered: null }
  expect(drawDelivery([idle]).split('\n')[0]).toContain('███')
})
