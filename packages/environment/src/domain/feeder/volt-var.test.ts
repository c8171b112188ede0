import { expect, it } from 'vitest'
import { readFeeder, readVector } from '../../testing/vectors.ts'
import { Der } from './feeder-file.ts'
import { createFeeder, type Feeder } from './feeder.ts'
import { settleVoltVar, valueOn, type Curve } from './volt-var.ts'

const curve: Curve = [
  [0.92, 0.44],
  [0.98, 0],
  [1.02, 0],
  [1.08, -0.44],
]
const options = { tolerance: 1e-12, maxIterations: 300 }

it('runs straight between the points of a curve and flat beyond them', () => {
  const shares = [0.5, 0.92, 0.95, 1, 1.05, 1.08, 2].map((pu) => valueOn(curve, pu))
  const expected = [0.44, 0.44, 0.22, 0, -0.22, -0.44, -0.44]
  for (const [k, share] of shares.entries()) expect(share).toBeCloseTo(expected[k] ?? 0, 12)
  expect(valueOn([[1, 0.1]], 0.5)).toBe(0.1)
})

it('comes to the same rest from any start', () => {
  const [idle, busy] = [0, 100].map((kvar) =>
    settleVoltVar(feederStartingAt(kvar), curve, { drive: { loadScale: 0.5 }, options }),
  )
  if (idle?.kind !== 'settled' || busy?.kind !== 'settled') throw new Error('not settled')
  for (const [slot, kvar] of idle.kvar.entries()) expect(busy.kvar[slot]).toBeCloseTo(kvar, 4)
})

it('says that a feeder has no solution instead of regulating it', () => {
  expect(settleVoltVar(feederStartingAt(0), curve, { drive: { loadScale: 5 }, options }).kind).toBe('unsolved')
})

it('says that devices never rest on a curve that is too steep', () => {
  const steep: Curve = [
    [0.9999, 50],
    [1.0001, -50],
  ]
  expect(settleVoltVar(feederStartingAt(0), steep, { drive: { loadScale: 0.2 }, options }).kind).not.toBe('settled')
})

function feederStartingAt(kvar: number): Feeder {
  const { ders } = readVector('ieee13-voltvar.json') as { ders: object[] }
  const started = ders
    .map((one) => Der.parse(one))
    .map((der) => ({ ...der, kvar: der.kw.map((kw) => (kw === 0 ? 0 : kvar)) }))
  return createFeeder({ ...readFeeder('ieee13'), ders: started.map((der) => Der.parse(der)) })
}
