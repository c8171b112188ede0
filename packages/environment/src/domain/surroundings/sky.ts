import { seededWeather } from '@gridloom/devices'
import { numberIn, parseCsv } from '../csv.ts'
import { curveOfDay, timeOfDay } from './curve-of-day.ts'

export type Weather = Readonly<{ irradiance: number; temperature: number }>

/** The weather at a moment, in seconds since 1970. */
export type Sky = (now: number) => Weather

export type SkyOptions = Readonly<{
  seed: number
  utcOffsetSeconds: number
  cloudiness: number
  daylightSeconds: number
}>

/** A drawn day: a clear sky around noon and clouds that come and go, the same for the same seed. */
export function seededSky(options: SkyOptions): Sky {
  return seededWeather(options)
}

/** Reads a day of weather: columns time (HH:MM, HH:MM:SS or seconds of the day), irradiance (W/m²) and temperature (°C). */
export function parseSky(text: string, file: string, utcOffsetSeconds: number): Sky {
  const { rows } = parseCsv(text, file, ['time', 'irradiance', 'temperature'])
  const points = rows.map((row) => ({
    at: timeOfDay(row),
    values: [
      numberIn(row, 'irradiance', { least: 0, most: 1500 }),
      numberIn(row, 'temperature', { least: -60, most: 60 }),
    ],
    row,
  }))
  const day = curveOfDay(points, ['irradiance', 'temperature'], file)
  return (now) => {
    const [irradiance = 0, temperature = 0] = day(now + utcOffsetSeconds)
    return { irradiance: irradiance / 1000, temperature }
  }
}
