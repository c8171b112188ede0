import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from './answer.ts'
import { createMarketAgent, type MarketAgent } from './market-agent.ts'
import type { MarketEvent } from './market-module.ts'
import { gate, marketWith, noon, tenderMessage, type TenderTerms } from './testing.ts'

const parties = ['P1', 'P2', 'P3']

describe.each(['CONTINUOUS_ORDER_BOOK', 'PERIODIC_DOUBLE_AUCTION'] as const)('any run of a %s', (mechanism) => {
  it('balances, never crosses and keeps account of every tender', () => {
    fc.assert(
      fc.property(runs, rules, (run, rule) => {
        const agent = createMarketAgent(marketWith({ mechanism, ...rule }), parties)
        const outcomes = run.map((terms, index) => {
          const outcome = ask(agent, terms, index)
          if (mechanism === 'CONTINUOUS_ORDER_BOOK') expectUncrossed(agent)
          return outcome
        })
        expectBalance(agent)
        const seqs = outcomes.flatMap(({ entries = [] }) => entries.map(({ seq }) => seq))
        expect(seqs).toEqual(seqs.map((_, index) => index + 1))
        expectAccount(agent, run, outcomes)
      }),
    )
  })

  it('is the same twice', () => {
    fc.assert(
      fc.property(runs, rules, (run, rule) => {
        const [first, second] = [0, 1].map(() => createMarketAgent(marketWith({ mechanism, ...rule }), parties))
        const [once, again] = [first, second].map((agent) =>
          run.map((terms, index) => agent && play(agent, terms, index)),
        )
        expect(again).toEqual(once)
      }),
    )
  })
})

it('trades with the better price first, then with the earlier tender, each at the resting price', () => {
  const sells = fc.array(
    fc.record({ price: fc.integer({ min: -3, max: 3 }), quantity: fc.integer({ min: 1, max: 5 }) }),
  )
  fc.assert(
    fc.property(sells, (resting) => {
      const agent = createMarketAgent(marketWith({}), parties)
      resting.forEach((terms, index) => play(agent, { ...terms, side: 'SELL', partyId: 'P1' }, index))
      const trades = play(agent, { side: 'BUY', partyId: 'P2', price: 3, quantity: 1000 }, resting.length)
      const expected = resting
        .map(({ price, quantity }, index) => ({ price, quantity, sell: ['P1', `t${index}`] }))
        .toSorted((a, b) => a.price - b.price)
      expect(trades).toMatchObject(expected)
      expect(trades).toHaveLength(expected.length)
    }),
  )
})

it('looks at a request in the fixed order: form, party, repeat, market, support, id, time, scale, quantity, price', () => {
  const agent = createMarketAgent(marketWith({ tickSize: 5 }), parties)
  expect(tell(agent, offer({ tenderId: 'used', requestId: 'r-used' }))).toBe('OK')
  const wrong = { price: 1, quantity: 0, priceScale: 9, dtStart: noon + 60 }
  const inOrder: [TenderTerms, string][] = [
    [offer({ ...wrong, side: 'HOLD', partyId: 'P9' }), 'MALFORMED'],
    [offer({ ...wrong, partyId: 'P9', marketId: 'other' }), 'UNKNOWN_PARTY'],
    [offer({ ...wrong, requestId: 'r-used', marketId: 'other' }), 'DUPLICATE_REQUEST_ID'],
    [offer({ ...wrong, marketId: 'other', resourceDesignator: 'WATER_FLOW' }), 'UNKNOWN_MARKET'],
    [offer({ ...wrong, tenderId: 'used', resourceDesignator: 7 }), 'NOT_SUPPORTED'],
    [offer({ ...wrong, tenderId: 'used' }), 'DUPLICATE_TENDER_ID'],
    [offer(wrong), 'INTERVAL_OUT_OF_RANGE'],
    [offer({ ...wrong, dtStart: noon - 900, at: gate, expirationTime: '2027-01-01T00:00:00Z' }), 'INSTRUMENT_CLOSED'],
    [offer({ ...wrong, dtStart: noon, expirationTime: '2027-01-01T00:00:00Z' }), 'TENDER_EXPIRED'],
    [offer({ ...wrong, dtStart: noon }), 'INVALID_SCALE'],
    [offer({ price: 1, quantity: 0 }), 'INVALID_QUANTITY'],
    [offer({ price: 1 }), 'INVALID_PRICE'],
  ]
  expect(inOrder.map(([request]) => tell(agent, request))).toEqual(inOrder.map(([, reason]) => reason))
})

it.each([
  ['allOrNone', null],
  ['executionInstructions', null],
  ['priceScale', null],
  ['priceScale', 0.5],
  ['expirationTime', '2027-02-30T00:00:00Z'],
  ['expirationTime', '2027-01-04T12:00:00+00:00'],
  ['tenderId', 'a/1'],
])('finds a tender with %s %j malformed', (field, value) => {
  const agent = createMarketAgent(marketWith({}), parties)
  expect(tell(agent, offer({ [field]: value }))).toBe('MALFORMED')
})

it('takes an expirationTime of null for none', () => {
  expect(tell(createMarketAgent(marketWith({}), parties), offer({ expirationTime: null }))).toBe('OK')
})

it('does not spend a request id on what is malformed or from a stranger', () => {
  const agent = createMarketAgent(marketWith({}), parties)
  expect(tell(agent, offer({ requestId: 'r', quantity: 0.5 }))).toBe('MALFORMED')
  expect(tell(agent, offer({ requestId: 'r' }))).toBe('OK')
})

it('clears only auctions, and only instruments', () => {
  expect(createMarketAgent(marketWith({})).clear(noon, noon - 3600).answer.reason).toBe('NOT_SUPPORTED')
  const auction = createMarketAgent(marketWith({ mechanism: 'PERIODIC_DOUBLE_AUCTION' }))
  expect(auction.clear(noon + 1, noon - 3600).answer.reason).toBe('INTERVAL_OUT_OF_RANGE')
})

const side = fc.constantFrom('BUY', 'SELL')
const runs = fc.array(
  fc.record({
    partyId: fc.constantFrom(...parties),
    side,
    price: fc.integer({ min: -4, max: 4 }),
    quantity: fc.integer({ min: 1, max: 9 }),
    executionInstructions: fc.constantFrom('', '', '', 'IOC'),
    allOrNone: fc.constantFrom(false, false, false, true),
    op: fc.constantFrom('tender', 'tender', 'tender', 'cancel', 'clear'),
  }),
  { maxLength: 40 },
)
const rules = fc.record({
  selfTrade: fc.constantFrom('CANCEL_RESTING' as const, 'CANCEL_INCOMING' as const),
  marginRule: fc.constantFrom('TIME' as const, 'PRO_RATA' as const),
  carryOver: fc.boolean(),
})

/** One step a second: a tender `t<index>`, a cancel of the party's tender a few steps back, or a clearing. */
function ask(agent: MarketAgent, request: TenderTerms & { op?: string }, index: number): Outcome {
  const at = noon - 7200 + index
  const { partyId, op = 'tender' } = request
  if (op === 'clear') return agent.clear(noon, at)
  const head = { requestId: `r${index}`, partyId, marketId: 'mkt-1' }
  if (op === 'cancel') return agent.cancelTender({ ...head, tenderId: `t${Math.max(index - 3, 0)}` }, at)
  return agent.createTender(tenderMessage({ ...request, requestId: `r${index}`, tenderId: `t${index}` }), at)
}

function play(agent: MarketAgent, request: TenderTerms & { op?: string }, index: number): readonly MarketEvent[] {
  return ask(agent, request, index).events
}

function offer(changes: Partial<TenderTerms>): TenderTerms {
  return { partyId: 'P1', side: 'BUY', price: 5, quantity: 4, ...changes }
}

let asked = 0
function tell(agent: MarketAgent, request: TenderTerms): string {
  asked += 1
  const { tenderId = `a${asked}`, at = noon - 3600 } = request
  const requestId = request.requestId ?? `q${asked}`
  return agent.createTender(tenderMessage({ ...request, tenderId, requestId }), at).answer.reason
}

function expectUncrossed(agent: MarketAgent): void {
  const { bids, asks } = agent.book(noon)
  expect(bids[0]?.price ?? -Infinity).toBeLessThan(asks[0]?.price ?? Infinity)
}

function expectBalance({ ledger: { positions, cash } }: MarketAgent): void {
  const held = [...positions.values()].flatMap((position) => [...position.values()])
  expect(held.reduce((sum, quantity) => sum + quantity, 0)).toBe(0)
  expect([...cash.values()].reduce((sum, amount) => sum + amount, 0n)).toBe(0n)
}

/** Filled, canceled and remaining make up the quantity of every accepted tender. */
function expectAccount(agent: MarketAgent, run: readonly TenderTerms[], outcomes: readonly Outcome[]): void {
  const { bids, asks } = agent.book(noon)
  const parts = [
    ...outcomes.flatMap(({ entries = [] }) => entries),
    ...outcomes.flatMap(({ events }) => events).filter(({ kind }) => kind === 'CANCELED'),
    ...[...bids, ...asks].map(({ tenderId, remaining: quantity }) => ({ tenderId, quantity })),
  ] as readonly { tenderId: string; quantity: number }[]
  for (const [tenderId, found] of Map.groupBy(parts, (part) => part.tenderId)) {
    expect(found.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(run[Number(tenderId.slice(1))]?.quantity)
  }
}
