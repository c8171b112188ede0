import { household } from '@gridloom/devices'
import { SepError } from '@gridloom/sep2030'
import { numberIn, parseCsv } from '../csv.ts'
import { curveOfDay, timeOfDay } from './curve-of-day.ts'

/** The share of its rated power that a load draws, one for each profile; loads take the profiles in turn. */
export type LoadProfiles = (now: number) => readonly number[]

const drawnProfiles = 16
// What never rests in a street, and the evening peak of the drawn household when its base is 1 W.
const restShare = 0.3
const peakWatts = 3.35

/** Drawn households: a peak in the morning, a higher one in the evening, the same for the same seed. */
export function seededProfiles({
  seed,
  utcOffsetSeconds,
}: Readonly<{ seed: number; utcOffsetSeconds: number }>): LoadProfiles {
  const houses = Array.from({ length: drawnProfiles }, (_, index) =>
    household({ seed: seed + 2 * index, baseW: 1, pvW: 0, utcOffsetSeconds }),
  )
  return (now) => houses.map((load) => restShare + ((1 - restShare) * load(now)) / peakWatts)
}

/** Reads a day of load: a column time, as for the weather, and one column for each profile, as shares of rated power. */
export function parseProfiles(text: string, file: string, utcOffsetSeconds: number): LoadProfiles {
  const { columns, rows } = parseCsv(text, file, ['time'])
  const profiles = columns.filter((column) => column !== 'time')
  if (profiles.length === 0) throw new SepError('invalid', `${file}:1: there is no column beside "time"`)
  const points = rows.map((row) => ({
    at: timeOfDay(row),
    values: profiles.map((profile) => numberIn(row, profile, { least: 0, most: 10 })),
    row,
  }))
  const day = curveOfDay(points, profiles, file)
  return (now) => day(now + utcOffsetSeconds)
}
