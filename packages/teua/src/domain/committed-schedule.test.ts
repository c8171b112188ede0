import type { MarketReference } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { committedSchedule } from './committed-schedule.ts'
import { rules } from './testing.ts'

const reference = { ...rules, marketId: 'mkt-1' } as unknown as MarketReference

it('tells of each whole interval what is committed and what came of it', () => {
  const { intervals } = committedSchedule({
    reference,
    partyId: 'P04',
    now: 1500,
    span: { from: 1, to: 3600 },
    positionOf: (dtStart) => (dtStart === 900 ? -5 : 2),
    needOf: new Map([[1800, 300]]),
    deliveredOf: new Map([[900, -4]]),
    orders: new Map([[900, 'AA']]),
  })
  expect(intervals.map(({ start, state, positionWh, watts }) => [start, state, positionWh, watts])).toEqual([
    [900, 'final', -500, 2000],
    [1800, 'final', 200, -800],
    [2700, 'open', 200, -800],
  ])
  expect(intervals[0]).toMatchObject({ deliveredWh: -400, imbalanceWh: 100, order: 'AA' })
  expect(intervals[1]).toMatchObject({ needWh: 300 })
})
