import { expect, it } from 'vitest'
import { baselineOf } from './baseline.ts'
import { meanOver, type Reading } from './readings.ts'

const day = 86_400
const hour = 3600
/** A Wednesday, 18:00. */
const start = Date.UTC(2026, 6, 15, 18) / 1000
const event = { start, end: start + hour, intervalSeconds: 900 }

it('is the mean of the same intervals of the last working days', () => {
  const readings = hourly(30, (ago, hours) => (hours === 18 ? -1000 * ago : 0))
  const { method, days, watts, adjustmentW } = baselineOf({ ...event, readings })
  // Tuesday, Monday, and then past the weekend
  expect({ method, days, adjustmentW }).toEqual({ method: 'similar-days', days: [1, 2, 5, 6, 7], adjustmentW: 0 })
  expect(watts).toEqual([-4200, -4200, -4200, -4200])
})

it('takes weekends for a weekend, by the local day', () => {
  const saturday = start + 3 * day + 7 * hour // 01:00 UTC of Sunday, still Saturday in the west
  const query = {
    start: saturday,
    end: saturday + hour,
    intervalSeconds: hour,
    readings: hourly(60, () => -1, saturday),
  }
  expect(baselineOf({ ...query, utcOffsetSeconds: -8 * hour }).days).toEqual([6, 7, 13, 14, 20])
  expect(baselineOf(query).days).toEqual([1, 7, 8, 14, 15])
})

it('leaves out days on which the DER served', () => {
  const events = [1, 5].map((ago) => ({ start: start - ago * day, end: start - ago * day + 600 }))
  const { days } = baselineOf({ ...event, readings: hourly(30, () => -1), events })
  expect(days).toEqual([2, 6, 7, 8, 9])
})

it('shifts the days to what the hours before the event show, within the bound', () => {
  const readings = hourly(30, (ago) => (ago === 0 ? -3000 : -1000))
  expect(baselineOf({ ...event, readings })).toMatchObject({ adjustmentW: -2000, watts: [-3000, -3000, -3000, -3000] })
  expect(baselineOf({ ...event, readings, ratedW: 1000 })).toMatchObject({ adjustmentW: -500 })
})

it('falls back to the last intervals before the event, and says when it knows nothing', () => {
  const readings = [-600, -900, -1200].map((watts, n) => ({ start: start - (3 - n) * 900, seconds: 900, watts }))
  expect(baselineOf({ ...event, readings })).toEqual({
    method: 'last-intervals',
    watts: [-900, -900, -900, -900],
    days: [],
    adjustmentW: 0,
  })
  expect(baselineOf({ ...event, readings: [] })).toMatchObject({ method: 'none', watts: Array(4).fill(undefined) })
})

it('never looks at the event itself', () => {
  const before = hourly(30, (ago, hours) => 100 * ago + hours)
  const during = [{ start, seconds: hour, watts: 99_999 }]
  expect(baselineOf({ ...event, readings: [...before, ...during] })).toEqual(baselineOf({ ...event, readings: before }))
})

it('weights readings by time and wants half of an interval covered', () => {
  const readings = [
    { start: 0, seconds: 100, watts: 10 },
    { start: 100, seconds: 50, watts: 40 },
  ]
  expect(meanOver(readings, 0, 150)).toBe(20)
  expect(meanOver(readings, 50, 250)).toBe(25)
  expect(meanOver(readings, 50, 251)).toBeUndefined()
})

/** Readings by the hour up to the event. */
function hourly(days: number, watts: (ago: number, hours: number) => number, until = start): Reading[] {
  const midnight = Math.floor(until / day) * day
  return Array.from({ length: (days + 1) * 24 }, (_, n) => ({
    start: midnight - days * day + n * hour,
    seconds: hour,
    watts: watts(days - Math.floor(n / 24), n % 24),
  })).filter((reading) => reading.start < until)
}
