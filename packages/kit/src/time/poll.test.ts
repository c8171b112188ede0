import { expect, it } from 'vitest'
import { ClientError } from '../client/client-error.ts'
import { poll, type PollOptions } from './poll.ts'
import { createRandom } from './random.ts'
import { virtualClock } from './virtual-clock.ts'

it('gets at once and then at the rate of the last value', async () => {
  const values = [{ pollRate: 60 }, { pollRate: 300 }, { pollRate: 60 }]
  expect(await timesOf(values, 500, { rate: ({ pollRate }) => pollRate })).toEqual([0, 60, 360])
})

it('keeps to 900 seconds where a value has no rate', async () => {
  expect(await timesOf([{}, {}], 1000, {})).toEqual([0, 900])
})

it('keeps within the least and the most seconds between polls', async () => {
  const rates = [{ pollRate: 1 }, { pollRate: 1e9 }, { pollRate: 10 }]
  expect(await timesOf(rates, 8000, { rate: ({ pollRate }) => pollRate })).toEqual([0, 10, 7210])
})

it('ends where a rate of zero says not to poll', async () => {
  const rates = [{ pollRate: 0 }, { pollRate: 10 }]
  expect(await timesOf(rates, 8000, { rate: ({ pollRate }) => pollRate })).toEqual([0])
})

it('tries again with backoff after a failure, and waits as long as the server asked for', async () => {
  const waits: number[] = []
  const values = [new Error('down'), new ClientError('unavailable', 'busy', { retryAfter: 42 }), { pollRate: 10 }]
  const times = await timesOf(values, 100, {
    rate: ({ pollRate }) => pollRate,
    failed: (_error, wait) => waits.push(wait),
  })
  expect(waits).toEqual([expect.closeTo(0.5, 0), 42])
  expect(times).toEqual([expect.closeTo(42.5, 0)])
})

it('varies the period by a tenth, so that a fleet does not poll in step', async () => {
  const values = Array.from({ length: 5 }, () => ({ pollRate: 100 }))
  const times = await timesOf(values, 500, { rate: ({ pollRate }) => pollRate, jitter: 0.1 })
  const periods = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  expect(new Set(periods).size).toBeGreaterThan(1)
  for (const period of periods) expect(Math.abs(period - 100)).toBeLessThanOrEqual(11)
})

type Value = Readonly<{ pollRate?: number }>

/** The times at which the values came, while the clock ran so many seconds; the last value stays. */
async function timesOf(values: readonly (Value | Error)[], seconds: number, options: PollOptions<Value>) {
  const clock = virtualClock()
  const stop = new AbortController()
  const left = [...values]
  const get = async (): Promise<Value> => {
    const next = left.shift()
    if (next === undefined) return new Promise((_resolve, reject) => stop.signal.addEventListener('abort', reject))
    if (next instanceof Error) throw next
    return next
  }
  const times: number[] = []
  const loop = (async () => {
    const all = { jitter: 0, random: createRandom(1), ...options }
    for await (const _ of poll(get, clock, stop.signal, all)) times.push(clock.exact())
  })()
  await clock.advance(seconds)
  stop.abort()
  await loop
  return times
}
