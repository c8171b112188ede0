import { secondOfDay } from './environment.ts'
import { smoothNoise } from './noise.ts'

export type HouseholdOptions = Readonly<{ seed: number; baseW?: number; pvW?: number; utcOffsetSeconds?: number }>

/**
 * What a battery would deliver to leave nothing for the grid in a house with its own PV: the load's peaks in the morning
 * and the evening, less the sun around noon. Give it as `idle` to a battery for self-consumption.
 */
export function household({ seed, baseW = 600, pvW = 3000, utcOffsetSeconds = 0 }: HouseholdOptions) {
  return (now: number): number => {
    const hour = secondOfDay(now, utcOffsetSeconds) / 3600
    const sun = pvW * peak(hour, 12, 2.5) * (1 - 0.4 * smoothNoise(seed + 1, now / 900))
    return baseW * householdLoad(seed, now, utcOffsetSeconds) - sun
  }
}

/** What a household draws, as a multiple of its base: peaks in the morning and the evening. */
export function householdLoad(seed: number, now: number, utcOffsetSeconds: number): number {
  const hour = secondOfDay(now, utcOffsetSeconds) / 3600
  return 0.6 + 1.2 * peak(hour, 7.5, 1.5) + 2.5 * peak(hour, 19, 2.5) + 0.5 * smoothNoise(seed, now / 300)
}

function peak(hour: number, at: number, width: number): number {
  return Math.exp(-(((hour - at) / width) ** 2))
}
