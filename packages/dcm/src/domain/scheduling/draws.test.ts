import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { boundedDraws, drawFrom } from './draws.ts'

it('draws between 0 and the bound, with its sign, both ends included', () => {
  const event = { ...copy, randomizeStart: 30, randomizeDuration: -60 }
  expect(drawFrom(() => 0)(event)).toEqual({ start: 0, duration: 0, cancel: 0 })
  expect(drawFrom(() => 0.999_999)(event)).toEqual({ start: 30, duration: -60, cancel: 60 })
})

it('never draws what has to be cut', () => {
  const bound = fc.integer({ min: -3600, max: 3600 })
  fc.assert(
    fc.property(
      bound,
      bound,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (start, duration, value) => {
        const event = { ...copy, randomizeStart: start, randomizeDuration: duration }
        const draws = drawFrom(() => value)(event)
        expect(boundedDraws(event, draws)).toEqual(draws)
      },
    ),
  )
})

it('draws nothing for an event without randomization', () => {
  expect(drawFrom(() => 0.5)(copy)).toEqual({ start: 0, duration: 0, cancel: 0 })
})

const copy = {
  server: 'A',
  mRID: '01',
  creationTime: 0,
  start: 0,
  duration: 1,
  status: { currentStatus: 0, dateTime: 0 },
  controls: {},
}
