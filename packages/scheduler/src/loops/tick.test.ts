import { systemClock } from '@gridloom/kit'
import { afterEach, expect, it, vi } from 'vitest'
import { runTicks } from './tick.ts'

afterEach(() => void vi.useRealTimers())

it('goes on by the second when the clock is set back or forward, and says all again', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2027, 2, 1, 12) })
  const ticks: string[] = []
  let repeats = 0
  const scheduling = {
    tick: () => void ticks.push(new Date().toISOString().slice(11, 13)),
    repeat: () => (repeats += 1),
  }
  const ending = new AbortController()
  const options = { scheduling, clock: systemClock, heartbeatSeconds: 60, took: () => undefined }
  const running = runTicks(options, ending.signal)
  vi.setSystemTime(Date.UTC(2027, 2, 1, 9, 0, 0, 900))
  await expect.poll(() => [ticks.at(-1), repeats], { timeout: 10_000 }).toEqual(['09', 1])
  vi.setSystemTime(Date.UTC(2027, 2, 1, 15, 0, 0, 900))
  await expect.poll(() => [ticks.at(-1), repeats], { timeout: 10_000 }).toEqual(['15', 2])
  ending.abort()
  await running
})
