import { expect, it } from 'vitest'
import { commute, type Trip } from './commute.ts'

const monday = 1_800_230_400 // 00:00 UTC
const week = 7 * 86_400

it('drives to work on most weekdays and less at the weekend', () => {
  const trips = tripsOf(7, 52)
  const atWeekend = trips.filter(({ leavesAt }) => (leavesAt - monday) % week >= 5 * 86_400)
  expect(trips.length - atWeekend.length).toBeGreaterThan(0.8 * 260)
  expect(atWeekend.length).toBeGreaterThan(0.4 * 104)
  expect(atWeekend.length).toBeLessThan(0.8 * 104)
})

it('is home again on the same evening, and leaves in the morning of its own time zone', () => {
  for (const { leavesAt, returnsAt, wattHours } of tripsOf(3, 8, -8 * 3600)) {
    const hour = ((leavesAt - 8 * 3600 - monday) % 86_400) / 3600
    expect(hour).toBeGreaterThanOrEqual(6.5)
    expect(hour).toBeLessThan(14)
    expect(returnsAt - leavesAt).toBeLessThan(12 * 3600)
    expect(wattHours).toBeGreaterThan(1000)
  }
})

it('names the same trip until it is over, the same for the same seed', () => {
  const driving = commute({ seed: 5 })
  const trip = driving(monday)
  expect(driving(trip.leavesAt)).toEqual(trip)
  expect(driving(trip.returnsAt - 1)).toEqual(trip)
  expect(driving(trip.returnsAt).leavesAt).toBeGreaterThan(trip.returnsAt)
  expect(commute({ seed: 5 })(monday)).toEqual(trip)
  expect(commute({ seed: 6 })(monday)).not.toEqual(trip)
})

function tripsOf(seed: number, weeks: number, utcOffsetSeconds = 0): Trip[] {
  const driving = commute({ seed, utcOffsetSeconds })
  const trips: Trip[] = []
  const begin = monday - utcOffsetSeconds
  for (let trip = driving(begin); trip.leavesAt < begin + weeks * week; trip = driving(trip.returnsAt)) trips.push(trip)
  return trips
}
