import { describe, expect, it } from 'vitest'
import { createLag, createOnDelay, flipFlop, lag, onDelay, ramp } from './blocks.ts'
import { createColumns } from './columns.ts'

const one = createColumns(1)

describe('lag', () => {
  it('starts at its first input and has covered 90 % of a step after its response time', () => {
    const block = createLag(one)
    lag(block, 0, 0, 5, 0.01)
    for (let i = 0; i < 500; i++) lag(block, 0, 1, 5, 0.01)
    expect(block.y[0]).toBeCloseTo(0.9, 2)
  })

  it('passes its input through when the response is faster than the step', () => {
    const block = createLag(one)
    lag(block, 0, 0, 5, 10)
    expect(lag(block, 0, 1, 5, 10)).toBe(1)
  })

  it('takes one trapezoidal step', () => {
    const block = createLag(one)
    lag(block, 0, 0, 2.3, 1)
    expect(lag(block, 0, 1, 2.3, 1)).toBeCloseTo(1 / 3, 12) // a = 2: 1/3·(1+0) + 1/3·0
  })

  it('filters from a response time of 1.15 steps on', () => {
    const block = createLag(one)
    lag(block, 0, 0, 1.15, 1)
    expect(lag(block, 0, 1, 1.15, 1)).toBeCloseTo(0.5, 12)
  })
})

describe('ramp', () => {
  it('climbs and falls at its own rates', () => {
    const memory = one.kept(0)
    expect([1, 1].map((x) => ramp(memory, 0, x, 10, 5, 1))).toEqual([0.1, 0.2])
    expect(ramp(memory, 0, 0, 10, 5, 1)).toBe(0)
  })

  it('does not limit when a time is 0, nor in its first step', () => {
    const memory = one.kept(Number.NaN)
    expect([3, 7].map((x, k) => ramp(memory, 0, x, 10 * (1 - k), 0, 1))).toEqual([3, 7])
  })
})

it('ramps away from its input when a time is negative, as the reference does', () => {
  expect(ramp(one.kept(Number.NaN), 0, 1, -2, -2, 1)).toBe(1.5)
})

describe('on-delay', () => {
  it('switches on after the condition held for its time, and off at once', () => {
    const block = createOnDelay(one, Number.POSITIVE_INFINITY)
    onDelay(block, 0, false, 2, 1)
    expect([1, 2].map(() => onDelay(block, 0, true, 2, 1))).toEqual([false, true])
    expect(onDelay(block, 0, false, 2, 1)).toBe(false)
  })

  it('stays on when its time becomes longer', () => {
    const block = createOnDelay(one, 0)
    expect([1, 5].map((T) => onDelay(block, 0, true, T, 1))).toEqual([true, true])
  })

  it('begins as if the condition had held for as long as it is told', () => {
    expect(onDelay(createOnDelay(one, Number.POSITIVE_INFINITY), 0, true, 300, 1)).toBe(true)
    expect(onDelay(createOnDelay(one, 0), 0, true, 300, 1)).toBe(false)
  })
})

it('keeps a flip-flop when both or neither input is set', () => {
  expect(flipFlop(true, false, false)).toBe(true)
  expect(flipFlop(false, true, true)).toBe(false)
  expect([flipFlop(false, true, false), flipFlop(true, false, true)]).toEqual([true, false])
})
