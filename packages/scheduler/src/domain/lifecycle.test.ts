import { expect, it } from 'vitest'
import { createLife, disable, enable, statusOf, write, writeReserve } from './lifecycle.ts'

const slot = { allocatedEntries: 10, valueType: 'number' } as const
const given = { prio: 20, intervalS: 60, values: [1, 2], numEntr: 2, startTimes: [1000] }
const setCal = { occ: 1, occType: 'Time', occPer: 'Hour', hr: 0, mn: 0 } as const

it.each([
  ['more than the first occurrence', { ...setCal, occ: 2 }],
  ['weeks of the year', { ...setCal, occType: 'WeekOfYear', occPer: 'Year' } as const],
  ['a day that no month has', { ...setCal, occPer: 'Year', month: 2, day: 30 } as const],
])('refuses %s with error 99', (_, calendar) => {
  const life = createLife(slot, { ...given, startTimes: [], calendars: [calendar] })
  expect(enable(life, 0)).toMatchObject({ result: 'failed', life: { state: 1, schdEnaErr: 99 } })
})

it('refuses more starts than its model has room for', () => {
  const room = { ...slot, startTimes: 1, calendars: 0 }
  const many = createLife(room, { ...given, startTimes: [1000, 2000] })
  expect(enable(many, 0)).toMatchObject({ result: 'failed', life: { schdEnaErr: 6 } })
  const cyclic = createLife(room, { ...given, startTimes: [], calendars: [setCal] })
  expect(enable(cyclic, 0)).toMatchObject({ result: 'failed', life: { schdEnaErr: 99 } })
})

it('has no occurrence before notBefore', () => {
  const life = createLife(slot, { ...given, startTimes: [], calendars: [{ ...setCal, notBefore: 7200 }] })
  const enabled = enable(life, 3600).life
  expect(statusOf(enabled, 3600)).toMatchObject({ state: 3, nxtStrTm: 7200, actStrTm: null })
  expect(statusOf(enabled, 7261)).toMatchObject({ state: 4, actStrTm: 7200, schdEntr: 2, nxtStrTm: 10_800 })
})

it('runs as if started in time when it is enabled late, cyclic or not', () => {
  const cyclic = createLife(slot, { ...given, startTimes: [], calendars: [setCal] })
  for (const [life, now] of [
    [createLife(slot, given), 1070],
    [cyclic, 3670],
  ] as const) {
    expect(statusOf(enable(life, now).life, now)).toMatchObject({ state: 4, schdEntr: 2, value: 2 })
  }
})

it('gives a start time back when the clock is set to before it', () => {
  const running = enable(createLife(slot, given), 1010).life
  expect(running).toMatchObject({ state: 4, parameters: { startTimes: [] } })
  expect(statusOf(running, 900)).toMatchObject({ state: 3, nxtStrTm: 1000, schdEntr: 0, value: null })
})

it('keeps its hands off a reserve schedule, but for the values that an operator gives it', () => {
  const reserve = createLife({ ...slot, isReserve: true }, { ...given, startTimes: [], calendars: [setCal] })
  expect(statusOf(reserve, 60)).toMatchObject({ state: 4, value: 2 })
  expect(disable(reserve, 60)).toMatchObject({ result: 'access-denied', life: { state: 4 } })
  expect(write(reserve, { startTimes: [5000] }, 60).result).toBe('access-denied')
  expect(statusOf(writeReserve(reserve, [7, 8], 60).life, 60)).toMatchObject({ state: 4, value: 8 })
  expect(writeReserve(reserve, [7], 60).result).toBe('value-invalid')
  expect(writeReserve(reserve, [7, true], 60).result).toBe('value-invalid')
})

it('takes all parameters at once, but none of them while it runs', () => {
  const empty = createLife(slot)
  const written = write(empty, given, 0)
  expect(written).toMatchObject({ result: 'ok', life: { state: 1, parameters: given } })
  const running = enable(written.life, 1000).life
  expect(write(running, given, 1000).result).toBe('locked')
  expect(write(running, { prio: 30 }, 1000).result).toBe('locked')
  expect(write(empty, { ...given, startTimes: [100] }, 1000).result).toBe('value-invalid')
})
