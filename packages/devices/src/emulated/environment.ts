import { smoothNoise } from './noise.ts'

/** What the world does to a device at one moment. */
export type Surroundings = Readonly<{
  /** Line to neutral at the device's terminals. */
  volts: number
  hertz: number
  /** Fraction of 1000 W/m². */
  irradiance: number
  /** Degrees Celsius. */
  temperature: number
}>

export type Environment = (now: number) => Surroundings

export type WeatherOptions = Readonly<{
  seed: number
  volts?: number
  hertz?: number
  /** How far local solar time is ahead of UTC. */
  utcOffsetSeconds?: number
  daylightSeconds?: number
  /** 0 is a clear sky, 1 clouds that take nearly everything. */
  cloudiness?: number
}>

const day = 86_400
const noon = day / 2

/** Nominal voltage and frequency under a seeded sky: a clear-sky bell around noon, with clouds that come and go. */
export function seededWeather({
  seed,
  volts = 240,
  hertz = 60,
  utcOffsetSeconds = 0,
  daylightSeconds = 13 * 3600,
  cloudiness = 0.3,
}: WeatherOptions): Environment {
  return (now) => {
    const fromNoon = secondOfDay(now, utcOffsetSeconds) - noon
    const clear = Math.abs(fromNoon) < daylightSeconds / 2 ? Math.cos((Math.PI * fromNoon) / daylightSeconds) ** 1.2 : 0
    const clouds = 0.7 * smoothNoise(seed, now / 900) + 0.3 * smoothNoise(seed + 1, now / 120)
    return {
      volts,
      hertz,
      irradiance: clear * (1 - cloudiness * clouds),
      temperature: 15 + 8 * Math.cos((2 * Math.PI * (fromNoon - 3 * 3600)) / day),
    }
  }
}

export function secondOfDay(now: number, utcOffsetSeconds: number): number {
  return (((now + utcOffsetSeconds) % day) + day) % day
}
