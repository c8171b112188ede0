import { afterEach, expect, it, vi } from 'vitest'
import { createBell } from './bell.ts'
import { systemClock } from './clock.ts'
import { onwardClock } from './onward-clock.ts'

const noon = Date.UTC(2027, 2, 1, 12)
const { signal } = new AbortController()

afterEach(() => void vi.useRealTimers())

it('goes on when the clock of the machine is set back', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
  const clock = onwardClock(systemClock)
  const bell = createBell(clock)
  const start = clock.exact()
  for (const hours of [3, 7]) {
    vi.setSystemTime(noon - hours * 3_600_000)
    await bell.restUntil(clock.exact() + 0.05, signal)
  }
  expect(clock.exact()).toBeGreaterThanOrEqual(start)
  expect(clock.exact()).toBeLessThan(start + 60)
})

it('wakes who sleeps already when the clock is set back', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
  const clock = onwardClock(systemClock)
  const rest = clock.sleepUntil(clock.exact() + 0.2)
  vi.setSystemTime(noon - 3_600_000)
  await rest
})

it('follows the clock of the machine forward', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
  const clock = onwardClock(systemClock)
  vi.setSystemTime(noon + 3_600_000)
  expect(clock.now()).toBeGreaterThanOrEqual(noon / 1000 + 3600)
})
