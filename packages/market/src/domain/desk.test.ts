import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Archive, memoryArchive } from './archive.ts'
import { createDesk, type Desk, type DeskSnapshot, type Step } from './desk.ts'
import type { LedgerEntry } from './ledger.ts'
import { marketWith, noon, tenderMessage } from './testing.ts'

const parties = ['P1', 'P2', 'P3']
const moves = fc.array(
  fc.record({
    op: fc.constantFrom('tender', 'tender', 'tender', 'cancel', 'quote', 'accept', 'clear', 'leave'),
    partyId: fc.constantFrom(...parties),
    side: fc.constantFrom('BUY', 'SELL'),
    price: fc.integer({ min: -3, max: 3 }),
    quantity: fc.integer({ min: 1, max: 9 }),
    life: fc.integer({ min: 1, max: 40 }),
  }),
  { maxLength: 30 },
)

it.each(['CONTINUOUS_ORDER_BOOK', 'PERIODIC_DOUBLE_AUCTION'] as const)(
  'goes on from a snapshot of a %s at any step as if nothing had happened',
  (mechanism) => {
    fc.assert(
      fc.property(moves, fc.nat({ max: 30 }), (run, at) => {
        const market = marketWith({ mechanism })
        const archive = memoryArchive()
        const first = createDesk(market, { archive })
        const entries: LedgerEntry[] = []
        const before = [...registrations, ...run.slice(0, at)]
        before.forEach((move, index) => entries.push(...play(first, move, index).entries))
        const from = JSON.parse(JSON.stringify(first.snapshot())) as DeskSnapshot
        const second = createDesk(market, { archive: copyOf(archive), from, earlier: entries })
        run.slice(at).forEach((move, index) => {
          const step = before.length + index
          // the copy first: it must not find what the original has kept of the same step
          expect(play(second, move, step)).toEqual(play(first, move, step))
        })
        expect(second.snapshot()).toEqual(first.snapshot())
        expect(second.agent.ledger.positions).toEqual(first.agent.ledger.positions)
      }),
    )
  },
)

type Move = Partial<
  Readonly<{ op: string; partyId: string; side: string; price: number; quantity: number; life: number }>
>

const registrations: readonly Move[] = parties.map((partyId) => ({ op: 'register', partyId }))

function play(
  desk: Desk,
  { op, partyId = 'P1', side = 'BUY', price = 0, quantity = 1, life = 1 }: Move,
  index: number,
): Step {
  const now = noon - 7200 + index
  if (op === 'clear') return desk.clear(noon, now)
  const { tender } = tenderMessage({ partyId, side, price, quantity, tenderId: `t${index}` })
  const expirationTime = new Date((now + life) * 1000).toISOString().replace('.000Z', 'Z')
  const terms = { ...tender, expirationTime }
  const head = { requestId: `r${index}`, partyId, marketId: 'mkt-1' }
  const message = {
    register: { type: 'EiRegisterParty' },
    leave: { type: 'EiCancelRegistration' },
    tender: { type: 'EiCreateTender', tender: terms },
    cancel: { type: 'EiCancelTender', tenderId: `t${Math.max(index - 3, 0)}` },
    quote: { type: 'EiCreateQuote', quote: { ...terms, quoteId: `q${index}` } },
    accept: { type: 'EiAcceptQuote', referencedQuoteId: `q${Math.max(index - 2, 0)}`, quantity: 1, price },
  }[op ?? 'tender']
  return desk.take({ peer: partyId, message: { ...head, ...message } }, now)
}

/** An archive that begins with what another has, and keeps what is new to itself. */
function copyOf(archive: Archive): Archive {
  const own = memoryArchive()
  return {
    ...own,
    requestOf: (request) => own.requestOf(request) ?? archive.requestOf(request),
    legsOf: (partyId, tenderId) => own.legsOf(partyId, tenderId) ?? archive.legsOf(partyId, tenderId),
  }
}
