import { expect, it } from 'vitest'
import { drawStudy } from '../chart/market-study.ts'
import { surplusOf } from './optimum.ts'
import { simulateStudy, type StudyOptions } from './simulate.ts'
import { summaryOf } from './summary.ts'

const evening: StudyOptions = {
  agents: 20,
  days: 1,
  seed: 1,
  mechanism: 'PERIODIC_DOUBLE_AUCTION',
  intervalSeconds: 3600,
}

it('balances energy and cash among its agents and the grid', () => {
  const { cash, energy } = simulateStudy(evening)
  expect(Object.values(cash).reduce((sum, amount) => sum + amount, 0n)).toBe(0n)
  expect(Object.values(energy).reduce((sum, wattHours) => sum + wattHours, 0)).toBe(0)
})

it('comes out the same for the same seed, and otherwise for another', () => {
  expect(simulateStudy(evening)).toEqual(simulateStudy(evening))
  expect(simulateStudy({ ...evening, seed: 2 }).intervals).not.toEqual(simulateStudy(evening).intervals)
})

it('finds the whole surplus in an auction, and not more of it in an order book', async () => {
  const auction = await surplusOf(simulateStudy(evening).offers)
  expect(auction.realised).toBeCloseTo(auction.optimal, 0)
  const book = await surplusOf(simulateStudy({ ...evening, mechanism: 'CONTINUOUS_ORDER_BOOK' }).offers)
  expect(book.realised).toBeLessThanOrEqual(book.optimal + 1e-3)
  expect(book.realised).toBeGreaterThan(0.8 * book.optimal)
})

it('lowers the peak, and draws what it found', () => {
  const study = simulateStudy(evening)
  const { peak } = summaryOf(study, { realised: 1, optimal: 1 }, { reason: 'not asked for' })
  expect(peak.withKw).toBeLessThan(peak.withoutKw)
  const pictures = drawStudy(study)
  expect(Object.keys(pictures)).toEqual(['price-and-volume.svg', 'positions.svg', 'load.svg'])
  for (const picture of Object.values(pictures)) expect(picture).toMatch(/^<svg .*<polyline /s)
})
