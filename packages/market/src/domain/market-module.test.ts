import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openContinuousOrderBook } from './continuous-order-book.ts'
import { openDoubleAuction } from './double-auction.ts'
import type { MarketEvent, MarketModule } from './market-module.ts'
import type { Tender } from './tender.ts'
import { marketWith, noon } from './testing.ts'

type Move = Readonly<{ side: 'BUY' | 'SELL'; price: number; quantity: number; life: number; clear: boolean }>

const moves = fc.array(
  fc.record({
    side: fc.constantFrom('BUY' as const, 'SELL' as const),
    price: fc.integer({ min: -4, max: 4 }),
    quantity: fc.integer({ min: 1, max: 9 }),
    life: fc.integer({ min: 1, max: 20 }),
    clear: fc.boolean(),
  }),
)

describe.each([
  ['continuous order book', openContinuousOrderBook],
  ['double auction', openDoubleAuction],
])('a %s', (_, open) => {
  it('goes on from a snapshot, written and read back, as if nothing had happened', () => {
    fc.assert(
      fc.property(moves, moves, (before, after) => {
        const first = open(marketWith({}))
        run(first, before, 0)
        const second = open(marketWith({}), JSON.parse(JSON.stringify(first.snapshot())))
        expect(run(second, after, before.length)).toEqual(run(first, after, before.length))
        expect(second.snapshot()).toEqual(first.snapshot())
        expect(second.book(noon)).toEqual(first.book(noon))
      }),
    )
  })

  it('ends what is due in the order of its end, then of acceptance, at its own end', () => {
    const module = open(marketWith({}))
    const lives = [9, 3, 9, 5]
    lives.forEach((life, index) => module.accept(tender({ life, price: index }, index), 0))
    expect(module.advance(9).map(({ tenderId, at }) => [tenderId, at])).toEqual([
      ['t1', 3],
      ['t3', 5],
      ['t0', 9],
      ['t2', 9],
    ])
    expect(module.instruments()).toEqual([])
  })

  it('ends at a gate those that wait for it with those that expire then, in the order of acceptance', () => {
    const module = open(marketWith({}))
    const atGate = { end: noon - 300, endReason: 'GATE_CLOSED' as const }
    module.accept({ ...tender({ price: 2 }, 0), ...atGate }, 0)
    module.accept(tender({ price: 1, life: noon - 300 }, 1), 0)
    module.accept({ ...tender({ price: 3 }, 2), ...atGate }, 0)
    module.accept({ ...tender({ price: 3 }, 3), ...atGate, end: noon + 600, dtStart: noon + 900 }, 0)
    expect(module.nextEnd()).toBe(noon - 300)
    expect(module.advance(noon).map(({ tenderId, reason, at }) => [tenderId, reason, at])).toEqual([
      ['t0', 'GATE_CLOSED', noon - 300],
      ['t1', 'EXPIRED', noon - 300],
      ['t2', 'GATE_CLOSED', noon - 300],
    ])
    expect(module.instruments()).toEqual([noon + 900])
    expect(module.nextEnd()).toBe(noon + 600)
    module.cancel('P0', ['t3'], noon)
    expect(module.nextEnd()).toBeUndefined()
  })
})

function run(module: MarketModule, list: readonly Move[], from: number): MarketEvent[] {
  return list.flatMap((move, index) => {
    const now = from + index
    const due = module.advance(now)
    const accepted = module.accept(tender({ ...move, life: now + move.life }, now), now)
    const cleared = move.clear ? module.clear(noon, now) : []
    return [...due, ...accepted, ...(cleared === 'NOT_SUPPORTED' ? [] : cleared)]
  })
}

function tender(changes: Partial<Move>, index: number): Tender {
  const { side = 'BUY', price = 0, quantity = 1, life = 1 } = changes
  const [sequence, partyId, tenderId] = [index + 1, `P${index % 3}`, `t${index}`]
  const terms = { side, dtStart: noon, price, quantity, end: life, endReason: 'EXPIRED' as const }
  return { sequence, partyId, tenderId, ...terms, allOrNone: false, immediateOrCancel: false }
}
