import { secondOfDay } from './environment.ts'
import { noise } from './noise.ts'

/** Litres of hot water per second that a seeded household draws: showers and dishes, mostly in the morning and the evening. */
export function hotWaterDraw(seed: number, now: number, utcOffsetSeconds = 0): number {
  const hourOfDay = Math.floor(secondOfDay(now, utcOffsetSeconds) / 3600)
  const hour = Math.floor((now + utcOffsetSeconds) / 3600)
  if (noise(seed, hour) >= likelihood(hourOfDay)) return 0
  const seconds = 120 + 360 * noise(seed + 1, hour)
  const begins = noise(seed + 2, hour) * (3600 - seconds)
  const intoHour = now + utcOffsetSeconds - hour * 3600
  return begins <= intoHour && intoHour < begins + seconds ? 0.1 : 0
}

function likelihood(hourOfDay: number): number {
  if (hourOfDay >= 6 && hourOfDay < 9) return 0.8
  if (hourOfDay >= 17 && hourOfDay < 22) return 0.6
  return hourOfDay < 5 ? 0.02 : 0.2
}
