import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { addTo, bestOf, createPriceLevels, inPriority, rankOf, takeAway } from './price-levels.ts'
import { createRestingPool, type RestingTender } from './resting-tender.ts'
import type { Tender } from './tender.ts'
import { noon } from './testing.ts'

const moves = fc.array(fc.record({ price: fc.integer({ min: -6, max: 6 }), leaves: fc.boolean(), which: fc.nat() }))

it.each(['BUY', 'SELL'] as const)('keeps a %s side in price-time order while tenders come and leave', (side) => {
  fc.assert(
    fc.property(moves, (run) => {
      const [levels, pool] = [createPriceLevels(), createRestingPool()]
      const open: RestingTender[] = []
      for (const [index, { price, leaves, which }] of run.entries()) {
        const [left] = leaves ? open.splice(which % Math.max(open.length, 1), 1) : []
        if (left) {
          takeAway(left)
          pool.giveBack(left)
        } else {
          const resting = pool.take(tender(side, price, index), 1, new Map())
          addTo(levels, rankOf(side, price), resting)
          open.push(resting)
        }
        const expected = open.toSorted(
          ({ tender: a }, { tender: b }) => rankOf(side, b.price) - rankOf(side, a.price) || a.sequence - b.sequence,
        )
        expect([...inPriority(levels)].map(sequenceOf)).toEqual(expected.map(sequenceOf))
        expect(bestOf(levels)?.first).toBe(expected[0])
      }
    }),
  )
})

function sequenceOf({ tender: { sequence } }: RestingTender): number {
  return sequence
}

function tender(side: 'BUY' | 'SELL', price: number, sequence: number): Tender {
  const [partyId, tenderId] = ['P1', `t${sequence}`]
  const terms = { side, dtStart: noon, price, quantity: 1, end: noon, endReason: 'EXPIRED' as const }
  return { sequence, partyId, tenderId, ...terms, allOrNone: false, immediateOrCancel: false }
}
