import { expect, it } from 'vitest'
import { parseProfiles, seededProfiles } from './load-profiles.ts'
import { parseSky, seededSky } from './sky.ts'

const hour = 3600
const sunny = 'time,irradiance,temperature\r\n06:00,0,10\r\n12:00,1000,20\r\n18:00:00,0,15\r\n'

it('goes through the points of a day, and from the evening to the next morning', () => {
  const sky = parseSky(sunny, 'w.csv', 0)
  expect(sky(86_400 * 7 + 9 * hour)).toEqual({ irradiance: 0.5, temperature: 15 })
  expect(sky(12 * hour)).toEqual({ irradiance: 1, temperature: 20 })
  expect(sky(0)).toEqual({ irradiance: 0, temperature: 12.5 })
})

it('shifts the day by the solar time', () => {
  expect(parseSky(sunny, 'w.csv', 3 * hour)(9 * hour)).toMatchObject({ irradiance: 1 })
})

it('reads seconds of the day, and a constant from a single row', () => {
  const profiles = parseProfiles('time,homes,shops\n43200,0.5,0.9\n', 'l.csv', 0)
  expect([0, 20 * hour].map(profiles)).toEqual([
    [0.5, 0.9],
    [0.5, 0.9],
  ])
})

it.each([
  ['time,irradiance\n', 'w.csv:1: there is no column "temperature"'],
  ['time,irradiance,temperature\n', 'w.csv has no rows'],
  ['time,irradiance,temperature\n0,0,\n', 'w.csv:2: temperature is blank'],
  ['time,irradiance,temperature\n,0,1\n', 'w.csv:2: time is blank'],
  ['time,irradiance,temperature\n24:00,0,1\n', 'w.csv:2: time: "24:00" is no time of day'],
  ['time,irradiance,temperature\n7:61,0,1\n', 'w.csv:2: time: "7:61" is no time of day'],
  ['time,irradiance,temperature\n7:00,0,1\n6:00,0,1\n', 'w.csv:3: time: "6:00" is not after the row above'],
  ['time,irradiance,temperature\n7:00,2000,1\n', 'w.csv:2: irradiance: "2000" is above 1500'],
])('refuses %j', (text, message) => {
  expect(() => parseSky(text, 'w.csv', 0)).toThrow(message)
})

it('refuses a load file without a profile', () => {
  expect(() => parseProfiles('time\n0\n', 'l.csv', 0)).toThrow('l.csv:1: there is no column beside "time"')
})

it('draws the same day for the same seed, with the sun at noon and the peak in the evening', () => {
  const options = { seed: 3, utcOffsetSeconds: 0 }
  const sky = seededSky({ ...options, cloudiness: 0.3, daylightSeconds: 13 * hour })
  expect(sky(12 * hour).irradiance).toBeGreaterThan(0.6)
  expect(sky(0).irradiance).toBe(0)
  const profiles = seededProfiles(options)
  const mean = (t: number) => profiles(t).reduce((sum, share) => sum + share, 0) / profiles(t).length
  expect(mean(19 * hour)).toBeGreaterThan(0.9)
  expect(mean(3 * hour)).toBeLessThan(0.6)
  expect(profiles(5)).toEqual(seededProfiles(options)(5))
})
