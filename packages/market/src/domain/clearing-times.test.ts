import { expect, it } from 'vitest'
import { clearingsDue } from './clearing-times.ts'
import { marketWith, noon } from './testing.ts'

const market = marketWith({})
const gate = noon - 300

it('clears an instrument once, before its gate', () => {
  const due = { instruments: [noon], from: gate - 100, to: gate }
  expect(clearingsDue(market, { beforeGateSeconds: 10 }, due)).toEqual([{ at: gate - 10, dtStart: noon }])
  expect(clearingsDue(market, { beforeGateSeconds: 10 }, { ...due, from: gate - 10 })).toEqual([])
})

it('clears in even steps back from the last, each in one period only', () => {
  const schedule = { beforeGateSeconds: 10, everySeconds: 60 }
  const times = (from: number, to: number): number[] =>
    clearingsDue(market, schedule, { instruments: [noon], from, to }).map(({ at }) => at - gate)
  expect(times(gate - 200, gate + 500)).toEqual([-190, -130, -70, -10])
  expect([...times(gate - 200, gate - 130), ...times(gate - 130, gate)]).toEqual([-190, -130, -70, -10])
})

it('clears several instruments in the order of the instants', () => {
  const due = clearingsDue(
    market,
    { beforeGateSeconds: 1 },
    { instruments: [noon + 900, noon], from: 0, to: noon + 900 },
  )
  expect(due.map(({ dtStart }) => dtStart)).toEqual([noon, noon + 900])
})
