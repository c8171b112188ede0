import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { allocate } from './allocation.ts'
import { crossingOf } from './auction-price.ts'
import { openDoubleAuction } from './double-auction.ts'
import type { OpenTender, Side } from './tender.ts'
import { marketWith, noon } from './testing.ts'

type Terms = readonly [price: number, quantity: number]

const list = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 30 })))

it('trades as much as any one price could', () => {
  fc.assert(
    fc.property(list, list, (buys, sells) => {
      const [bids, asks] = [sideOf('BUY', buys), sideOf('SELL', sells)]
      const possible = [...buys, ...sells].map(([price]) => {
        const demand = total(bids.filter((bid) => bid.price >= price))
        return Math.min(demand, total(asks.filter((ask) => ask.price <= price)))
      })
      expect(crossingOf(bids, asks, 1)?.volume ?? 0).toBe(Math.max(0, ...possible))
    }),
  )
})

it('finds a price on the tick between its limits and shares the whole volume, to nobody more than asked', () => {
  const rules = fc.record({
    marginRule: fc.constantFrom('TIME' as const, 'PRO_RATA' as const),
    tick: fc.integer({ min: 1, max: 5 }),
  })
  fc.assert(
    fc.property(list, list, rules, (buys, sells, { marginRule, tick }) => {
      const [bids, asks] = [sideOf('BUY', onGrid(buys, tick)), sideOf('SELL', onGrid(sells, tick))]
      const crossing = crossingOf(bids, asks, tick)
      if (!crossing) return
      const { low, high, price, volume } = crossing
      expect([low <= price, price <= high, Math.abs(price % tick)]).toEqual([true, true, 0])
      for (const side of [bids, asks]) {
        const fills = allocate(side, crossing, { marginRule, roundLot: 10 })
        expect(fills.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(volume)
        expect(fills.every(({ tender, quantity }) => quantity <= tender.remaining && quantity % 10 === 0)).toBe(true)
      }
    }),
  )
})

it('shares pro rata without loss where the products exceed 2^53', () => {
  const side = sideOf('BUY', [
    [7, 3_000_000_000_001],
    [7, 2_999_999_999_999],
  ])
  const fills = allocate(side, { price: 7, volume: 3_000_000_000_000 }, { marginRule: 'PRO_RATA', roundLot: 1 })
  expect(fills.map(({ quantity }) => quantity)).toEqual([1_500_000_000_001, 1_499_999_999_999])
})

it('finds the exact middle of prices near 2^53', () => {
  const most = Number.MAX_SAFE_INTEGER
  expect(crossingOf(sideOf('BUY', [[most, 1]]), sideOf('SELL', [[most - 3, 1]]), 1)?.price).toBe(most - 2)
})

it('refuses a volume that cannot be carried exactly', () => {
  const most = Number.MAX_SAFE_INTEGER
  const terms: Terms[] = [
    [1, most],
    [1, most],
  ]
  expect(() => crossingOf(sideOf('BUY', terms), sideOf('SELL', terms), 1)).toThrow(RangeError)
})

it('ends every remainder, in the order of acceptance, where nothing is carried over', () => {
  const auction = openDoubleAuction(marketWith({ mechanism: 'PERIODIC_DOUBLE_AUCTION', carryOver: false }))
  for (const tender of [
    ...sideOf('BUY', [[5, 4]]),
    ...sideOf(
      'SELL',
      [
        [9, 2],
        [4, 1],
      ],
      2,
    ),
  ])
    auction.accept(tender, 0)
  expect(auction.clear(noon, 7)).toMatchObject([
    { kind: 'CLEAR', volume: 1, low: 5, high: 5, price: 5 },
    { kind: 'AUCTION_FILL', side: 'BUY', quantity: 1 },
    { kind: 'AUCTION_FILL', side: 'SELL', quantity: 1 },
    { kind: 'CANCELED', tenderId: 't1', quantity: 3, reason: 'NOT_CARRIED', at: 7 },
    { kind: 'CANCELED', tenderId: 't3', quantity: 2, reason: 'NOT_CARRIED', at: 7 },
  ])
  expect(auction.instruments()).toEqual([])
})

/** Tenders in priority order, numbered from `first` in that order. */
function sideOf(side: Side, terms: readonly Terms[], first = 1): OpenTender[] {
  const sign = side === 'BUY' ? -1 : 1
  return terms
    .toSorted(([a], [b]) => sign * (a - b))
    .map(([price, quantity], index) => {
      const [sequence, partyId, tenderId] = [first + index, 'P1', `t${first + index}`]
      const life = { end: noon, endReason: 'GATE_CLOSED', allOrNone: false, immediateOrCancel: false } as const
      return { sequence, partyId, tenderId, side, dtStart: noon, price, quantity, remaining: quantity, ...life }
    })
}

function onGrid(terms: readonly Terms[], tick: number): Terms[] {
  return terms.map(([price, quantity]) => [price * tick, quantity * 10])
}

function total(tenders: readonly OpenTender[]): number {
  return tenders.reduce((sum, { remaining }) => sum + remaining, 0)
}
