import { expect, it } from 'vitest'
import { readTable, readVector, vectorsOf } from '../../testing/vectors.ts'
import { traceCsv, traceFrequency } from './trace.ts'

type Vector = Readonly<{ trace: string; expected: Readonly<{ nadirHz: number; nadirT: number; finalHz: number }> }>

it.each(vectorsOf('gridloom.frequency/1'))('follows %s within ten microhertz', (file) => {
  const { trace, expected } = readVector(file) as Vector
  const ours = traceFrequency(readVector(file))
  const [rows, theirs] = [traceCsv(ours), readTable(trace)].map((text) => text.trimEnd().split('\n'))
  expect(rows).toHaveLength(theirs?.length ?? 0)
  for (const [index, line] of (theirs ?? []).entries()) {
    if (index === 0) expect(rows?.[index]).toBe(line)
    const cells = line.split(',').map(Number)
    const found = (rows?.[index] ?? '').split(',').map(Number)
    for (const [column, value] of cells.entries()) {
      if (Math.abs((found[column] ?? Number.NaN) - value) > 1e-5) expect.fail(`row ${line}: ${found.join(',')}`)
    }
  }
  expect(ours.nadir.hertz).toBeCloseTo(expected.nadirHz, 5)
  expect(ours.nadir.t).toBeCloseTo(expected.nadirT, 9)
  expect(ours.rows.at(-1)?.hertz).toBeCloseTo(expected.finalHz, 5)
})

it('runs on for half a minute after the last event', () => {
  const { rows } = traceFrequency({ format: 'gridloom.frequency/1', events: [{ t: 300, loadStepPu: 0.01 }] })
  expect(rows.at(-1)?.t).toBeCloseTo(330, 9)
})

it('counts two load steps of one second together', () => {
  const twice = [
    { t: 1, loadStepPu: 0.02 },
    { t: 1, loadStepPu: 0.03 },
  ]
  const once = [{ t: 1, loadStepPu: 0.05 }]
  const [a, b] = [twice, once].map((events) => traceFrequency({ format: 'gridloom.frequency/1', events }))
  expect(a?.rows.at(-1)).toEqual(b?.rows.at(-1))
})

it('says where a scenario is wrong', () => {
  const bad = { format: 'gridloom.frequency/1', parameters: { H: 0 }, events: [{ t: 'x' }] }
  expect(() => traceFrequency(bad)).toThrow(/parameters\.H[^]*events\[0\]\.t/)
})
