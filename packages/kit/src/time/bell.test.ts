import { virtualClock } from './virtual-clock.ts'
import { expect, it } from 'vitest'
import { createBell } from './bell.ts'

const { signal } = new AbortController()

it('rests until its time', async () => {
  const clock = virtualClock(100)
  const rest = createBell(clock).restUntil(110, signal)
  await clock.advance(20)
  await rest
  expect(clock.now()).toBe(120)
})

it('rests for a while', async () => {
  const clock = virtualClock(100)
  const bell = createBell(clock)
  const rest = bell.rest(10, signal)
  await clock.advance(10)
  await rest
  bell.ring()
  await bell.rest(10, signal)
  expect(clock.now()).toBe(110)
})

it('wakes when it is rung, also when that was before the rest', async () => {
  const clock = virtualClock(100)
  const bell = createBell(clock)
  const rest = bell.restUntil(Number.POSITIVE_INFINITY, signal)
  bell.ring()
  await rest
  bell.ring()
  await bell.restUntil(Number.POSITIVE_INFINITY, signal)
  expect(clock.now()).toBe(100)
})

it('keeps no ring longer than the next rest', async () => {
  const clock = virtualClock(100)
  const bell = createBell(clock)
  bell.ring()
  bell.ring()
  await bell.restUntil(200, signal)
  const second = bell.restUntil(200, signal)
  await clock.advance(100)
  await second
  expect(clock.now()).toBe(200)
})

it('ends with its signal', async () => {
  const ending = new AbortController()
  const rest = createBell(virtualClock()).restUntil(10, ending.signal)
  ending.abort(new Error('stopped'))
  await expect(rest).rejects.toThrow('stopped')
})
