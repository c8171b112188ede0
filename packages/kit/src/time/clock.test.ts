import { expect, it } from 'vitest'
import { clockOf, simulatedClock, systemClock } from './clock.ts'
import { virtualClock } from './virtual-clock.ts'

it('runs simulated time as a function of wall time, the same in every process', () => {
  const startedAt = Date.now() / 1000 - 10
  const [one, other] = [1, 2].map(() => simulatedClock({ start: 1_000_000, startedAt, speed: 60 }))
  expect(one?.exact()).toBeCloseTo(1_000_600, -2)
  expect(Math.abs((one?.exact() ?? 0) - (other?.exact() ?? 0))).toBeLessThan(60)
})

it('is the wall clock when no simulation is configured', () => {
  expect(clockOf(undefined)).toBe(systemClock)
  expect(Math.abs(systemClock.now() - Date.now() / 1000)).toBeLessThan(2)
})

it('sleeps in the time of its clock and never wakes early', async () => {
  const clock = simulatedClock({ start: 0, startedAt: Date.now() / 1000, speed: 1000 })
  await clock.sleepUntil(20)
  expect(clock.exact()).toBeGreaterThanOrEqual(20)
  const before = clock.exact()
  await clock.sleep(10)
  expect(clock.exact()).toBeGreaterThanOrEqual(before + 9)
})

it.each([1, 100 * 86_400])('ends a sleep of %i s when the signal does', async (seconds) => {
  const stop = new AbortController()
  const sleep = systemClock.sleep(seconds, stop.signal)
  stop.abort()
  await expect(sleep).rejects.toThrow('aborted')
})

it('lets a test run a day at once, in the order of its sleepers', async () => {
  const clock = virtualClock(1000)
  const seen: [string, number][] = []
  const hourly = async (): Promise<void> => {
    for (let hour = 0; hour < 24; hour += 1) {
      await clock.sleep(3600)
      if (hour % 12 === 0) seen.push(['hour', clock.now()])
    }
  }
  const once = clock.sleepUntil(5000).then(() => seen.push(['once', clock.now()]))
  const day = hourly()
  await clock.advance(86_400)
  await Promise.all([once, day])
  expect(seen).toEqual([
    ['hour', 4600],
    ['once', 5000],
    ['hour', 47_800],
  ])
  expect(clock.now()).toBe(87_400)
})

it('forgets a sleeper whose signal has ended', async () => {
  const clock = virtualClock()
  const stop = new AbortController()
  const sleep = clock.sleep(10, stop.signal)
  stop.abort(new Error('stop'))
  await expect(sleep).rejects.toThrow('stop')
  await expect(clock.sleep(1, stop.signal)).rejects.toThrow('stop')
})
