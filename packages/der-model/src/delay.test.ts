import { expect, it } from 'vitest'
import { createDelay, delay, type Delay, lineOf } from './delay.ts'

it('shows a change after the transport time', () => {
  expect(outputs([0, 1, 1, 1, 1], () => 2)).toEqual([0, 0, 0, 1, 1])
})

it('passes through, and remembers nothing, when the time is shorter than a step', () => {
  const block = createDelay()
  expect(outputs([3, 4, 5], () => 0.5, block)).toEqual([3, 4, 5])
  expect(block.line).toBeUndefined()
})

it('goes on from its last output when the time becomes longer than a step', () => {
  expect(outputs([3, 4, 5, 5, 5], (k) => (k < 2 ? 0 : 2))).toEqual([3, 4, 4, 4, 5])
})

it('drops what is on its way when the time becomes shorter than a step', () => {
  expect(outputs([0, 1, 2, 2, 2], (k) => (k < 2 ? 3 : 0))).toEqual([0, 0, 2, 2, 2])
})

it('carries as many changes as the time holds steps', () => {
  const inputs = Array.from({ length: 40 }, (_, k) => k)
  expect(outputs(inputs, () => 10)).toEqual(inputs.map((x) => Math.max(0, x - 10)))
})

it('lets every second of the values out that are due at once, as the reference does', () => {
  // 1 waits for 3 s, 2 and 3 but for 1 s: all are due in step 4
  expect(outputs([0, 1, 1, 2, 2, 2], (k) => (k === 1 ? 3 : 1))).toEqual([0, 0, 0, 0, 1, 2])
})

function outputs(inputs: readonly number[], timeAt: (step: number) => number, block: Delay = createDelay()): number[] {
  const output = new Float64Array(1).fill(Number.NaN)
  return inputs.map((x, step) => {
    const T = timeAt(step)
    const line = lineOf(block, output, T, 1)
    output[0] = line ? delay(line, 0, x, T, 1) : x
    return output[0] ?? Number.NaN
  })
}
