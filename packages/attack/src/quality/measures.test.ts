import { expect, it } from 'vitest'
import { equalErrorRate, measuresOf, rocOf, total, type Score } from './measures.ts'

it('takes precision, recall, F1 and the false-positive rate from the four counts', () => {
  expect(measuresOf({ TP: 8, FP: 2, TN: 88, FN: 2 })).toMatchObject({
    precision: 0.8,
    recall: 0.8,
    f1: 0.8,
    falsePositiveRate: 2 / 90,
  })
})

it('finds no fault where there was nothing to find', () => {
  const clean = measuresOf({ TP: 0, FP: 0, TN: 10, FN: 0 })
  expect(clean).toMatchObject({ precision: 1, recall: 1, f1: 1, falsePositiveRate: 0 })
})

it('adds confusions', () => {
  const one = { TP: 1, FP: 2, TN: 3, FN: 4 }
  expect(total([one, one])).toEqual({ TP: 2, FP: 4, TN: 6, FN: 8 })
})

it('makes no equal errors where one threshold parts attackers from the honest', () => {
  const roc = rocOf([...attackers(0.1, 0.4), ...honest(0.8, 0.9, 1)])
  expect(roc.at(0)).toMatchObject({ truePositiveRate: 0, falsePositiveRate: 0 })
  expect(roc.at(-1)).toMatchObject({ truePositiveRate: 1, falsePositiveRate: 1 })
  expect(equalErrorRate(roc)).toBe(0)
})

it('errs in one of four when an attacker and an honest subject have changed places', () => {
  const roc = rocOf([...attackers(0.1, 0.2, 0.3, 0.9), ...honest(0.25, 0.95, 0.97, 1)])
  expect(equalErrorRate(roc)).toBeCloseTo(0.25)
})

it('is no better than a coin when both have the same scores', () => {
  expect(equalErrorRate(rocOf([...attackers(0.2, 0.6), ...honest(0.2, 0.6)]))).toBeCloseTo(0.5)
})

function attackers(...scores: readonly number[]): readonly Score[] {
  return scores.map((lowestTe) => ({ lowestTe, isAttacker: true }))
}

function honest(...scores: readonly number[]): readonly Score[] {
  return scores.map((lowestTe) => ({ lowestTe, isAttacker: false }))
}
