import { describe, expect, it } from 'vitest'
import {
  createDelay,
  createLag,
  createOnDelay,
  createRamp,
  delay,
  flipFlop,
  interp,
  lag,
  onDelay,
  ramp,
} from './blocks.ts'

describe('lag', () => {
  it('starts at its first input and has covered 90 % of a step after its response time', () => {
    const block = createLag()
    lag(block, 0, 5, 0.01)
    for (let i = 0; i < 500; i++) lag(block, 1, 5, 0.01)
    expect(block.y).toBeCloseTo(0.9, 2)
  })

  it('passes its input through when the response is faster than the step', () => {
    const block = createLag()
    lag(block, 0, 5, 10)
    expect(lag(block, 1, 5, 10)).toBe(1)
  })

  it('takes one trapezoidal step', () => {
    const block = createLag()
    lag(block, 0, 2.3, 1)
    expect(lag(block, 1, 2.3, 1)).toBeCloseTo(1 / 3, 12) // a = 2: 1/3·(1+0) + 1/3·0
  })
})

describe('ramp', () => {
  it('climbs and falls at its own rates', () => {
    const block = createRamp()
    ramp(block, 0, 10, 5, 1)
    expect([ramp(block, 1, 10, 5, 1), ramp(block, 1, 10, 5, 1)]).toEqual([0.1, 0.2])
    expect(ramp(block, 0, 10, 5, 1)).toBe(0)
  })

  it('does not limit when a time is 0', () => {
    const block = createRamp()
    ramp(block, 0, 0, 0, 1)
    expect(ramp(block, 7, 0, 0, 1)).toBe(7)
  })
})

describe('on-delay', () => {
  it('switches on after the condition held for its time, and off at once', () => {
    const block = createOnDelay()
    onDelay(block, false, 2, 1)
    expect([1, 2].map(() => onDelay(block, true, 2, 1))).toEqual([false, true])
    expect(onDelay(block, false, 2, 1)).toBe(false)
  })

  it('begins as if the condition had held for ever', () => {
    expect(onDelay(createOnDelay(), true, 300, 1)).toBe(true)
  })
})

describe('delay', () => {
  it('shows a change after the transport time', () => {
    const block = createDelay()
    const outputs = [0, 1, 1, 1, 1].map((x) => delay(block, x, 2, 1))
    expect(outputs).toEqual([0, 0, 0, 1, 1])
  })

  it('passes through when the time is shorter than a step', () => {
    const block = createDelay()
    expect([3, 4, 5].map((x) => delay(block, x, 0.5, 1))).toEqual([3, 4, 5])
  })
})

describe('interpolation', () => {
  it('is linear inside and flat outside', () => {
    expect([-1, 0, 0.5, 2, 9].map((x) => interp(x, [0, 1, 2], [10, 20, 0]))).toEqual([10, 10, 15, 0, 0])
  })

  it('takes the last of equal points', () => {
    expect(interp(1, [0, 1, 1, 2], [0, 5, 7, 9])).toBe(7)
  })
})

it('keeps a flip-flop when both or neither input is set', () => {
  expect(flipFlop(true, false, false)).toBe(true)
  expect(flipFlop(false, true, true)).toBe(false)
  expect([flipFlop(false, true, false), flipFlop(true, false, true)]).toEqual([true, false])
})
