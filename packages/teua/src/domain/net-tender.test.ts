import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { netTenders } from './net-tender.ts'
import { rules } from './testing.ts'
import type { Block, Wish } from './wish.ts'

it.each([
  ['need 12, position 8 and 3 on their way: buys 1', [[12, 100]], 11, [['BUY', 1, 100]]],
  ['need 6, position 8: parts with 2', [[6, 100]], 8, [['SELL', 2, 40]]],
  ['a surplus of 5 is sold', [[-5, 70]], 0, [['SELL', 5, 70]]],
  ['half a lot is none', [[5.9, 100]], 5, []],
  ['sold more than there is: buys 2 back', [[-3, 70]], -5, [['BUY', 2, 40]]],
  ['sold what is needed: undone first, at what the need is worth', [[4, 100]], -2, [['BUY', 6, 100]]],
  [
    'what is held covers the most wanted block',
    [
      [4, 100],
      [3, 50],
    ],
    5,
    [['BUY', 2, 50]],
  ],
  [
    'each block has its price',
    [
      [4, 100],
      [3, 50],
    ],
    0,
    [
      ['BUY', 4, 100],
      ['BUY', 3, 50],
    ],
  ],
] as const)('%s', (_, blocks, position, expected) => {
  const tenders = netTenders(wish(blocks), position, rules)
  expect(tenders.map(({ side, quantity, price }) => [side, quantity, price])).toEqual(expected)
})

it('keeps lots, least and most quantities, ticks and price limits', () => {
  const strict = { ...rules, roundLot: 5, minTenderQuantity: 10, maxTenderQuantity: 20, tickSize: 10 }
  expect(netTenders(wish([[9, 100]]), 0, strict)).toEqual([])
  expect(netTenders(wish([[14, 107]]), 0, strict)).toMatchObject([{ quantity: 10, price: 100 }])
  expect(netTenders(wish([[-99, 101]]), 0, strict)).toMatchObject([{ quantity: 20, price: 110 }])
  expect(netTenders(wish([[14, 9999]]), 0, strict)).toMatchObject([{ price: 5000 }])
})

it('never asks for more than is missing, whatever the blocks', () => {
  const sign = fc.constantFrom(1, -1)
  const sizes = fc.array(fc.record({ quantity: fc.double({ min: 0, max: 50, noNaN: true }), price: fc.integer() }))
  const lots = fc.integer({ min: 1, max: 7 })
  fc.assert(
    fc.property(sign, sizes, fc.integer({ min: -60, max: 60 }), lots, (way, found, position, roundLot) => {
      const blocks = found.map(({ quantity, price }): Block => ({ quantity: way * quantity, price }))
      const need = blocks.reduce((sum, { quantity }) => sum + quantity, 0)
      const tenders = netTenders({ dtStart: 0, blocks, releasePrice: 40 }, position, { ...rules, roundLot })
      const sum = tenders.reduce((total, { quantity }) => total + quantity, 0)
      expect(sum).toBeLessThanOrEqual(Math.abs(need - position) + 1e-5)
      expect(sum).toBeGreaterThan(Math.abs(need - position) - roundLot - 1e-5)
      for (const { side, quantity } of tenders) {
        expect(side).toBe(need > position ? 'BUY' : 'SELL')
        expect(quantity % roundLot).toBe(0)
      }
    }),
  )
})

function wish(blocks: readonly (readonly [number, number])[]): Wish {
  return { dtStart: 0, blocks: blocks.map(([quantity, price]) => ({ quantity, price })), releasePrice: 40 }
}
