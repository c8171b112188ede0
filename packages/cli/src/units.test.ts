import { expect, it } from 'vitest'
import { parseDuration, parseMoment, parseQuantity } from './units.ts'

it('applies the SI prefix', () => {
  expect(parseQuantity('5kW', ['%', 'W'])).toEqual({ value: 5000, unit: 'W' })
  expect(parseQuantity('-1.5 kvar', ['W', 'var'])).toEqual({ value: -1500, unit: 'var' })
  expect(parseQuantity('6kWh', ['Wh'])).toEqual({ value: 6000, unit: 'Wh' })
})

it('keeps percentages as they are', () => {
  expect(parseQuantity('50%', ['%', 'W'])).toEqual({ value: 50, unit: '%' })
})

it.each(['50', '50x', 'W', '5k%', '', '1e', '--5W'])('refuses "%s" as a quantity', (text) => {
  expect(() => parseQuantity(text, ['%', 'W'])).toThrow(/"/)
})

it('reads durations', () => {
  expect([parseDuration('60s'), parseDuration('1.5m'), parseDuration('2h'), parseDuration('90')]).toEqual([
    60, 90, 7200, 90,
  ])
  expect(() => parseDuration('-5s')).toThrow('not a duration')
})

it('reads moments relative to now and absolute', () => {
  expect(parseMoment('+10s', 1_800_000_000.7)).toBe(1_800_000_010)
  expect(parseMoment('now', 1_800_000_000.7)).toBe(1_800_000_000)
  expect(parseMoment('2027-01-15T08:00:00Z', 0)).toBe(1_800_000_000)
  expect(() => parseMoment('tomorrow', 0)).toThrow('not a time')
})
