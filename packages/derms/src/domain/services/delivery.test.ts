import { expect, it } from 'vitest'
import { runningOf } from '../../testing/running.ts'
import { closeInterval, type Metering } from './delivery.ts'
import type { Running } from './running.ts'

const start = 1_000_000
// it would have done nothing without the service
const baselines: Running['baselines'] = { a: { from: start, method: 'last-intervals', watts: [0] } }
const fresh = { now: start, baselines }
const span = { start, end: start + 60 }

it('judges who follows a signal by correlation, delay and precision', () => {
  const signals = [1, -1, 0.5, -0.5, 1, -1].map((value, index) => ({ at: start + 10 * index, value }))
  const trail = { a: signals.map(({ at, value }) => ({ at, W: 1000 * value, steering: 'target' as const })) }
  const running = runningOf({ kind: 'regulation', regulationW: 1000 }, { ...fresh, signals, trail, sampleSeconds: 10 })
  const exact = closeInterval(running, metered(signals.map(({ value }) => 1000 * value)), span)
  expect(exact.interval).toMatchObject({ delivered: true, score: { correlation: 1, delaySeconds: 0, precision: 1 } })
  expect(exact.shares[0]?.samples?.asked).toEqual([1000, -1000, 500, -500, 1000, -1000])

  const against = closeInterval(running, metered(signals.map(({ value }) => -1000 * value)), span)
  expect(against.interval.delivered).toBe(false)
  expect(closeInterval(running, metered(signals.map(() => 0)), span).interval).toMatchObject({
    delivered: false,
    score: { correlation: 0, precision: 0 },
  })
})

it('counts a reserve that was not called by what could have been given', () => {
  const running = runningOf({ kind: 'reserve', reserveW: 3000 }, { ...fresh, held: { a: 2000, b: 1000 } })
  const { interval, held } = closeInterval(running, { ...metered([0]), roomW: () => 5000 }, span)
  // b has no meter that says anything
  expect(held).toEqual([
    { lfdi: 'a', heldW: 2000, readyW: 2000 },
    { lfdi: 'b', heldW: 1000, readyW: 0 },
  ])
  expect(interval).toMatchObject({ heldW: 3000, readyW: 2000, lowW: null, delivered: false })
})

it('counts what a called reserve gives as held', () => {
  const call = { at: start - 60, until: start + 60, watts: 2000 }
  const trail = { a: [{ at: start, W: 2000, steering: 'target' as const }] }
  const { service, ...called } = runningOf({ kind: 'reserve', reserveW: 2000 }, { ...fresh, held: { a: 2000 }, trail })
  const running = { ...called, service: { ...service, call } }
  const { interval, held } = closeInterval(running, { ...metered([1500]), roomW: () => 100 }, span)
  expect(held).toEqual([{ lfdi: 'a', heldW: 2000, readyW: 1600 }])
  expect(interval).toMatchObject({ lowW: 2000, actualW: 1500, delivered: false })
  // a minute is what it may take until it is there
  const justCalled = { ...running, service: { ...service, call: { ...call, at: start } } }
  expect(closeInterval(justCalled, metered([1500]), span).interval).toMatchObject({ lowW: 2000, delivered: null })
})

it('asks nothing of who has no baseline', () => {
  const trail = { a: [{ at: start, W: 2000, steering: 'target' as const }] }
  const running = runningOf({ kind: 'target', targetW: 2000 }, { now: start, trail })
  const { shares, interval } = closeInterval(running, metered([500]), span)
  expect(shares).toEqual([{ lfdi: 'a', actualW: 500, baselineW: 500, askedW: null }])
  expect(interval).toMatchObject({ delivered: false, actualW: 500 })
})

it('holds nobody to what was asked sooner than orders are followed', () => {
  const trail = { a: [{ at: start, W: 2000, steering: 'target' as const }] }
  const { service, ...rest } = runningOf({ kind: 'target', targetW: 2000 }, { ...fresh, trail })
  const running = { ...rest, service: { ...service, countsFrom: start + 30 } }
  const { shares, interval } = closeInterval(running, metered([500]), span)
  expect({ shares, delivered: interval.delivered }).toMatchObject({ shares: [{ askedW: 500 }], delivered: null })
  expect(closeInterval({ ...rest, service }, metered([500]), span).interval.delivered).toBe(false)
})

/** A meter that reports every ten seconds; the last value repeats. */
function metered(watts: readonly number[]): Metering {
  const recent = Array.from({ length: 6 }, (_, index) => ({
    start: start + 10 * index,
    seconds: 10,
    watts: watts[index] ?? watts.at(-1) ?? 0,
  }))
  return { histories: new Map([['a', { recent, quarters: new Map() }]]), roomW: () => 0 }
}
