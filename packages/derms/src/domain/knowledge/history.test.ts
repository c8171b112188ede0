import { expect, it } from 'vitest'
import { emptyHistory, forecastOf, freeReadings, remembered } from './history.ts'

const day = 86_400
const noon = 20_000 * day + day / 2

it('takes each reading once, however often it is read', () => {
  const once = remembered(emptyHistory, [reading(noon, 100), reading(noon + 10, 200)])
  const again = remembered(once, [reading(noon + 10, 200), reading(noon + 20, 300)])
  expect(again.recent.map(({ watts }) => watts)).toEqual([100, 200, 300])
})

it('learns nothing from what it was ordered to do', () => {
  const { quarters } = remembered(emptyHistory, [reading(noon, 100), { ...reading(noon + 10, 9000), isMoved: true }])
  expect([...quarters.values()]).toEqual([100])
  expect(freeReadings(remembered(emptyHistory, [{ ...reading(noon, 1), isMoved: true }]))).toEqual([])
})

it('foretells that the present persists while it knows no day', () => {
  const foretold = forecastOf(remembered(emptyHistory, [reading(noon, 500)]), 30)
  expect([noon + 60, noon + 5 * 3600].map(foretold)).toEqual([500, 500])
})

it('foretells that the present fades into the same time of the last days', () => {
  const usual = [1, 2, 3].flatMap((ago) => dayOf(noon - ago * day, (hour) => 1000 + 100 * hour))
  const foretold = forecastOf(
    remembered(emptyHistory, [...usual.toReversed(), reading(noon, 2000)].toSorted(byStart)),
    30,
  )
  expect(foretold(noon + 10)).toBeCloseTo(2000, -1)
  // half an hour later half of the surprise is left
  expect(foretold(noon + 10 + 1800)).toBeCloseTo(1500, -1)
  expect(foretold(noon + 8 * 3600)).toBeCloseTo(1800, -1)
})

it('forgets what is older than two weeks', () => {
  const old = remembered(emptyHistory, [reading(noon - 20 * day, 1)])
  expect(remembered(old, [reading(noon, 2)]).quarters.size).toBe(1)
})

function dayOf(from: number, watts: (hour: number) => number) {
  return Array.from({ length: 96 }, (_, quarter) => ({
    start: from + quarter * 900,
    seconds: 900,
    watts: watts(Math.floor(quarter / 4)),
  }))
}

function byStart(a: { start: number }, b: { start: number }): number {
  return a.start - b.start
}

function reading(start: number, watts: number) {
  return { start, seconds: 10, watts }
}
