import { noise } from './noise.ts'

/** An absence of a vehicle, and what it takes out of its battery. */
export type Trip = Readonly<{ leavesAt: number; returnsAt: number; wattHours: number }>

/** The trip that is under way at a moment, else the next one. */
export type Driving = (now: number) => Trip

const day = 86_400
const hour = 3600

/** A seeded driver: to work on most weekdays, now and then a shorter drive at the weekend. */
export function commute({
  seed,
  utcOffsetSeconds = 0,
}: Readonly<{ seed: number; utcOffsetSeconds?: number }>): Driving {
  return (now) => {
    for (let date = Math.floor((now + utcOffsetSeconds) / day); ; date++) {
      const trip = tripOn(seed, date)
      const returnsAt = trip.returnsAt - utcOffsetSeconds
      if (trip.happens && now < returnsAt)
        return { leavesAt: trip.leavesAt - utcOffsetSeconds, returnsAt, wattHours: trip.wattHours }
    }
  }
}

function tripOn(seed: number, date: number) {
  const habit = isWeekend(date) ? weekend : weekday
  const leavesAt = date * day + Math.floor(within(habit.leaves, noise(seed + 1, date)) * hour)
  return {
    happens: noise(seed, date) < habit.likelihood,
    leavesAt,
    returnsAt: leavesAt + Math.floor(within(habit.hours, noise(seed + 2, date)) * hour),
    wattHours: within(habit.wattHours, noise(seed + 3, date)),
  }
}

type Range = readonly [least: number, most: number]
type Habit = Readonly<{ likelihood: number; leaves: Range; hours: Range; wattHours: Range }>

// 20 to 70 km, and 10 to 100 km, at 180 Wh/km
const weekday: Habit = { likelihood: 0.9, leaves: [6.5, 9], hours: [8, 11], wattHours: [3600, 12_600] }
const weekend: Habit = { likelihood: 0.6, leaves: [9, 14], hours: [1, 7], wattHours: [1800, 18_000] }

function within([least, most]: Range, share: number): number {
  return least + (most - least) * share
}

// day 0 of 1970 was a Thursday
function isWeekend(date: number): boolean {
  return (date + 3) % 7 >= 5
}
