import { secondOfDay } from './environment.ts'
import { householdLoad } from './household.ts'
import { smoothNoise } from './noise.ts'

/** How much of its appliances a building runs, 0 to 1. */
export type LoadShape = (now: number) => number

export type Occupancy = 'household' | 'commercial'

type ShapeOptions = Readonly<{ seed: number; utcOffsetSeconds?: number }>

export function loadShape(occupancy: Occupancy, { seed, utcOffsetSeconds = 0 }: ShapeOptions): LoadShape {
  const householdPeak = 3.7
  return occupancy === 'household'
    ? (now) => householdLoad(seed, now, utcOffsetSeconds) / householdPeak
    : (now) => commercialShare(now + utcOffsetSeconds) * (0.9 + 0.1 * smoothNoise(seed, now / 300))
}

/** Open from eight to six on weekdays, half an hour to come and half an hour to go. */
function commercialShare(localNow: number): number {
  const closed = 0.15
  const date = Math.floor(localNow / 86_400)
  if ((date + 3) % 7 >= 5) return closed // day 0 of 1970 was a Thursday
  const hour = secondOfDay(localNow, 0) / 3600
  const open = Math.max(0, Math.min(1, (hour - 7.5) * 2, (18.5 - hour) * 2))
  return closed + (1 - closed) * open
}
