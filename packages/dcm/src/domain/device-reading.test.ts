import type { DeviceStatus } from '@gridloom/devices'
import { expect, it } from 'vitest'
import { isWorthReporting, readingOf } from './device-reading.ts'

it('says what a device does, and whether it could do more', () => {
  expect(readingOf(status({ watts: 2960, availableW: 3000 }), 5000)).toEqual({
    watts: 2960,
    vars: 0,
    volts: 240,
    hertz: 60,
    connected: true,
    wattHours: 7,
    deliveredWh: 9,
    receivedWh: 2,
    sourceLimited: true,
  })
  expect(readingOf(status({ watts: 2000, availableW: 3000 }), 5000)).not.toHaveProperty('sourceLimited')
})

it.for([
  [5, 4000, false],
  [10, 3040, false],
  [10, 3060, true],
  [29, 3000, false],
  [30, 3000, true],
] as const)('after %i s and at %i W: worth a report %s', ([seconds, watts, worth]) => {
  const last = { reading: readingOf(status({ watts: 3000 }), 5000), at: 100 }
  const reading = readingOf(status({ watts }), 5000)
  expect(isWorthReporting(reading, last, { now: 100 + seconds, maxW: 5000 })).toBe(worth)
})

it('reports at once that the contactor moved', () => {
  const last = { reading: readingOf(status({}), 5000), at: 100 }
  expect(isWorthReporting(readingOf(status({ connected: false }), 5000), last, { now: 101, maxW: 5000 })).toBe(true)
})

function status(change: Partial<DeviceStatus>): DeviceStatus {
  return {
    at: 0,
    watts: 0,
    vars: 0,
    volts: 240,
    hertz: 60,
    connected: true,
    available: true,
    operating: true,
    inverter: 'tracking',
    mode: 'operational',
    alarms: [],
    deliveredWh: 9,
    receivedWh: 2,
    ...change,
  }
}
