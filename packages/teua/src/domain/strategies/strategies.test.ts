import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { netTenders } from '../net-tender.ts'
import { rules } from '../testing.ts'
import { needOf } from '../wish.ts'
import { flexibleLoad } from './flexible-load.ts'
import { priceTaker } from './price-taker.ts'
import { pvSeller } from './pv-seller.ts'
import { storageArbitrage } from './storage-arbitrage.ts'
import type { Ahead, Situation } from './strategy.ts'

// 15 minutes in tenths of a kWh: 4 kW are 10 units
it('buys the forecast load at any price and sells a forecast surplus', () => {
  const strategy = priceTaker({ forecast: (dtStart) => (dtStart === 0 ? 4000 : -2000) })
  expect(strategy(situation([100, 100]))).toEqual([
    { dtStart: 0, blocks: [{ quantity: 10, price: 5000 }], releasePrice: -500 },
    { dtStart: 900, blocks: [{ quantity: -5, price: -500 }], releasePrice: 5000 },
  ])
})

it('sells sunshine for no less than its floor, by what was metered where nobody forecasts', () => {
  const strategy = pvSeller({ forecast: () => undefined, floorPrice: 20 })
  const [wish] = strategy({ ...situation([100]), device: { watts: -800 } })
  expect(wish).toEqual({ dtStart: 0, blocks: [{ quantity: -2, price: 20 }], releasePrice: 5000 })
})

it('takes flexible energy where it is cheapest, and now what was meant for a dearer time, should it cost no more', () => {
  const strategy = flexibleLoad({ powerW: 4000, energyWh: 1500, windowSeconds: 3600, worth: 200 })
  const wishes = strategy(situation([90, 40, 120, 60]))
  expect(wishes.map(needOf)).toEqual([5, 10, 0, 0])
  expect(wishes[0]?.blocks).toEqual([{ quantity: 5, price: 60 }])
  expect(wishes[1]?.blocks).toEqual([{ quantity: 10, price: 60 }])
})

it('waits for a price that is worth it for as long as there is time, and no longer', () => {
  const strategy = flexibleLoad({ powerW: 4000, energyWh: 2000, windowSeconds: 3600, worth: 50 })
  const wishes = strategy(situation([300, 300, 300, 300]))
  expect(wishes.map(needOf)).toEqual([10, 0, 10, 0])
  expect(wishes.map(({ blocks: [block] }) => block?.price)).toEqual([50, undefined, 5000, undefined])
})

it('counts what the window has bought already', () => {
  const strategy = flexibleLoad({ powerW: 4000, energyWh: 1500, windowSeconds: 3600, worth: 200 })
  const [now, ...later] = situation([90, 40, 120, 60]).ahead
  const closed = now ? [{ ...now, isOpen: false, position: 10 }] : []
  const wishes = strategy({ ...situation([]), ahead: [...closed, ...later], traded: () => 10 })
  expect(wishes.map(needOf)).toEqual([5, 0, 0])
})

it('fills a storage where it is cheap, and sells where it is dear what it is sure to hold', () => {
  const wishes = storage()({ ...situation([50, 300, 50, 300]), device: { chargeWh: 1000 } })
  expect(wishes.map((wish) => Math.sign(Math.round(needOf(wish))))).toEqual([1, -1, 1, 0])
})

it('asks for a storage no more than its energy will earn, and sells for no less than it is worth', () => {
  const wishes = storage({ margin: 5 })({ ...situation([50, 300]), device: { chargeWh: 1000 } })
  for (const { blocks } of wishes) {
    for (const { quantity, price } of blocks) {
      if (quantity > 0) expect(price).toBeLessThanOrEqual(300 * 0.9 - 5)
      else expect(price).toBeGreaterThanOrEqual(50)
    }
  }
})

it('holds a storage between reserve and capacity in every prefix, whatever part of its tenders trades', () => {
  const price = fc.integer({ min: -100, max: 600 })
  const inputs = fc.record({
    prices: fc.array(price, { minLength: 1, maxLength: 12 }),
    chargeWh: fc.integer({ min: 400, max: 4000 }),
    traded: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
    rounds: fc.integer({ min: 1, max: 3 }),
  })
  fc.assert(
    fc.property(inputs, ({ prices, chargeWh, traded, rounds }) => {
      const positions = prices.map(() => 0)
      for (let round = 0; round < rounds; round += 1) {
        const { ahead, ...rest } = situation(round === 0 ? prices : prices.toReversed())
        const seen = ahead.map((one, at) => ({ ...one, position: positions[at] ?? 0 }))
        const wishes = storage()({ ...rest, ahead: seen, device: { chargeWh } })
        for (const [at, wish] of wishes.entries()) {
          for (const { side, quantity } of netTenders(wish, positions[at] ?? 0, rules)) {
            const filled = Math.floor(quantity * Number(traded.next().value))
            positions[at] = (positions[at] ?? 0) + (side === 'BUY' ? filled : -filled)
          }
        }
        let charge = chargeWh
        for (const position of positions) {
          charge += position > 0 ? position * 100 * 0.9 : position * 100
          expect(charge).toBeGreaterThanOrEqual(400 - 1e-6)
          expect(charge).toBeLessThanOrEqual(4000 + 1e-6)
        }
      }
    }),
  )
})

function storage({ margin = 0 } = {}) {
  return storageArbitrage({ capacityWh: 4000, chargeW: 4000, dischargeW: 4000, reserve: 0.1, efficiency: 0.9, margin })
}

function situation(prices: readonly number[]): Situation {
  const ahead = prices.map((price, at): Ahead => ({ dtStart: at * 900, position: 0, price, isOpen: true }))
  return { now: -1000, ahead, traded: () => 0, device: {}, rules }
}
