import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createNegotiation } from './negotiation.ts'
import { rules } from './testing.ts'
import type { Wish } from './wish.ts'

const start = 9000
const before = start - rules.gateClosureSeconds - 1

it('asks for the position, tenders the need, and leaves a tender that fits alone', () => {
  const agent = createNegotiation()
  expect(agent.step([need(5)], rules, before)).toEqual({ cancel: [], tender: [], ask: [start] })
  agent.knows(start, 0)
  const [terms] = agent.step([need(5)], rules, before).tender
  expect(terms).toMatchObject({ side: 'BUY', quantity: 5 })
  if (terms) agent.sent({ ...terms, tenderId: 'a' })
  agent.opened('a')
  agent.traded('a', 'BUY', 2)
  expect(agent.step([need(5)], rules, before)).toEqual({ cancel: [], tender: [], ask: [] })
})

it('cancels what no longer fits, and tenders anew only when the market has said that it ended', () => {
  const agent = createNegotiation([{ ...tender, remaining: 3, state: 'open' }], () => 8)
  expect(agent.step([need(6)], rules, before).cancel).toEqual(['a'])
  agent.canceling('a')
  expect(agent.step([need(6)], rules, before)).toEqual({ cancel: [], tender: [], ask: [] })
  agent.ended('a')
  agent.knows(start, 8)
  expect(agent.step([need(6)], rules, before).tender).toEqual([
    { dtStart: start, side: 'SELL', quantity: 2, price: 40 },
  ])
})

it('does nothing once the gate is closed', () => {
  const agent = createNegotiation([{ ...tender, remaining: 3, state: 'open' }])
  expect(agent.step([need(6)], rules, before + 1)).toMatchObject({ cancel: [], tender: [] })
})

it('never over-tenders, however needs change and however late its messages come', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      const agent = createNegotiation()
      const market = rehearsal(agent)
      let wanted = 0
      for (const { kind, value } of moves) {
        if (kind === 'need') wanted = value
        if (kind === 'trade') market.trade(Math.abs(value) + 1)
        if (kind === 'tell') market.tell()
        if (kind === 'plan') market.plan(wanted)
      }
      while (market.tell());
      market.plan(wanted)
      while (market.tell());
      market.plan(wanted)
      while (market.tell());
      market.plan(wanted)
      expect(market.reach()).toBe(wanted)
    }),
    { numRuns: 500 },
  )
})

const tender = { tenderId: 'a', dtStart: start, side: 'BUY', quantity: 3, price: 100 } as const
const move = fc.record({
  kind: fc.constantFrom('need', 'trade', 'tell', 'plan', 'plan'),
  value: fc.integer({ min: -9, max: 9 }),
})

function need(quantity: number): Wish {
  return { dtStart: start, blocks: [{ quantity, price: 100 }], releasePrice: 40 }
}

/** A market that knows more than the agent: what it tells waits in a queue, as answers and transactions do. */
function rehearsal(agent: ReturnType<typeof createNegotiation>) {
  const book = new Map<string, { side: 'BUY' | 'SELL'; remaining: number }>()
  const news: (() => void)[] = []
  let position = 0
  let count = 0
  const openOf = (side: string) =>
    [...book.values()].filter((one) => one.side === side).reduce((sum, { remaining }) => sum + remaining, 0)

  return {
    reach: () => position + openOf('BUY') - openOf('SELL'),
    tell: () => news.shift()?.() ?? news.length > 0,
    trade(most: number): void {
      for (const [tenderId, one] of book) {
        const { side } = one
        const quantity = Math.min(most, one.remaining)
        one.remaining -= quantity
        position += side === 'BUY' ? quantity : -quantity
        if (one.remaining === 0) book.delete(tenderId)
        news.push(() => agent.traded(tenderId, side, quantity))
        return
      }
    },
    plan(wanted: number): void {
      const first = agent.step([need(wanted)], rules, before)
      for (const tenderId of first.cancel) {
        agent.canceling(tenderId)
        book.delete(tenderId)
        news.push(() => agent.ended(tenderId))
      }
      for (const dtStart of first.ask) agent.knows(dtStart, position)
      for (const terms of agent.step([need(wanted)], rules, before).tender) {
        const tenderId = `t${(count += 1)}`
        agent.sent({ ...terms, tenderId })
        book.set(tenderId, { side: terms.side, remaining: terms.quantity })
        news.push(() => agent.opened(tenderId))
        // all that is open may trade, and nothing else: even then the need is not passed
        if (terms.side === 'BUY') expect(position + openOf('BUY')).toBeLessThanOrEqual(wanted)
        else expect(position - openOf('SELL')).toBeGreaterThanOrEqual(wanted)
      }
    },
  }
}
