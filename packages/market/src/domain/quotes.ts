import { EiAcceptQuote, EiCancelQuote, EiCreateQuote, EiRejectQuote, type MarketReference } from '@gridloom/contracts'
import { admit } from './admission.ts'
import { accepted, type Outcome, refused } from './answer.ts'
import type { MarketAgent, Terms } from './market-agent.ts'
import type { Transaction } from './market-module.ts'
import { createOpenQuotes, type Quote } from './open-quotes.ts'
import type { RequestsForQuotes } from './requests-for-quotes.ts'

export type QuoteOutcome = Outcome &
  Readonly<{ quotes?: readonly Readonly<Quote>[]; transaction?: Transaction; asker?: string }>

/** The quotes of a market. */
export function createQuotes(
  market: MarketReference,
  {
    agent,
    rfqs,
    from = [],
  }: Readonly<{ agent: MarketAgent; rfqs: RequestsForQuotes; from?: readonly Quote[] | undefined }>,
) {
  const open = createOpenQuotes(from)

  function create(message: unknown, now: number, terms: Terms = {}): QuoteOutcome {
    const request = EiCreateQuote.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    if (!agent.isParty(request.data.partyId)) return refused('UNKNOWN_PARTY')
    return agent.once(request.data, message, () => decide(request.data, now, terms))
  }

  function decide({ partyId, marketId, quote, ...asked }: EiCreateQuote, now: number, terms: Terms): QuoteOutcome {
    if (terms.barred) return refused('NOT_AUTHORIZED')
    if (marketId !== market.marketId) return refused('UNKNOWN_MARKET')
    const isStream = quote.tenderDetail.kind === 'STREAM'
    if (quote.resourceDesignator !== 'ENERGY' || (quote.allOrNone && isStream)) return refused('NOT_SUPPORTED')
    const rfq = quote.rfqId === undefined ? undefined : rfqs.find(quote.rfqId)
    if (quote.rfqId !== undefined && !rfq) return refused('UNKNOWN_RFQ')
    if (rfq?.tradeableOnlyResponse && !quote.tradeable) return refused('NOT_SUPPORTED')
    if (ownWith(partyId, quote.quoteId)) return refused('DUPLICATE_QUOTE_ID')
    const admission = admit(market, { ...quote, tenderId: quote.quoteId }, now)
    if (admission.kind === 'refused') return refused(admission.reason)
    const isPublic = !quote.privateQuote && !asked.requestPrivate && asked.requestPublication
    const { tradeable, rfqId } = quote
    // the legs of a stream are quotes by themselves, as they are tenders by themselves
    const made = admission.tenders.map(
      ({ tenderId: quoteId, side, dtStart, price, quantity: remaining, end }): Quote => {
        const offered = { partyId, quoteId, side, dtStart, price, remaining, end, tradeable, isPublic }
        return { order: agent.nextOrder(), ...offered, ...(rfqId !== undefined && { rfqId }) }
      },
    )
    for (const one of made) open.add(one)
    const outcome = accepted({ marketOrders: made.map((one) => [one.quoteId, one.order]) })
    return { ...outcome, quotes: made.map((one) => ({ ...one })), ...(rfq && { asker: rfq.partyId }) }
  }

  function cancel(message: unknown): QuoteOutcome {
    const request = EiCancelQuote.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    const { partyId, marketQuoteIds } = request.data
    if (!agent.isParty(partyId)) return refused('UNKNOWN_PARTY')
    return agent.once(request.data, message, () => {
      const named = new Set(marketQuoteIds.flatMap(open.allNamed))
      const own = [...named].filter((quote) => quote.partyId === partyId)
      if (own.length === 0) return refused('UNKNOWN_QUOTE')
      for (const quote of own) open.remove(quote)
      const canceled = own.map(({ quoteId, remaining }) => [quoteId, remaining] as const)
      return { ...accepted({ canceled }), quotes: own.map((quote) => ({ ...quote, remaining: 0 })) }
    })
  }

  /** A trade at the price of the quote, of the accepted quantity; the quote keeps the rest. */
  function accept(message: unknown, terms: Terms = {}): QuoteOutcome {
    const request = EiAcceptQuote.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    const { partyId, requestId, referencedQuoteId, quantity, price } = request.data
    if (!agent.isParty(partyId)) return refused('UNKNOWN_PARTY')
    return agent.once(request.data, message, () => {
      if (terms.barred) return refused('NOT_AUTHORIZED')
      const quote = find(referencedQuoteId, partyId)
      if (!quote)
        return refused(
          typeof referencedQuoteId === 'number' && isSpent(referencedQuoteId) ? 'QUOTE_NOT_OPEN' : 'UNKNOWN_QUOTE',
        )
      if (!quote.tradeable || quote.partyId === partyId) return refused('NOT_SUPPORTED')
      if (quantity <= 0 || quantity > quote.remaining || quantity % market.roundLot !== 0)
        return refused('INVALID_QUANTITY')
      if (quote.side === 'SELL' ? price < quote.price : price > quote.price) return refused('INVALID_PRICE')
      return trade(quote, { partyId, tenderId: requestId, quantity })
    })
  }

  function trade(quote: Quote, taker: Readonly<{ partyId: string; tenderId: string; quantity: number }>): QuoteOutcome {
    quote.remaining -= taker.quantity
    if (quote.remaining === 0) open.remove(quote)
    const maker = [quote.partyId, quote.quoteId] as const
    const other = [taker.partyId, taker.tenderId] as const
    const [buy, sell] = quote.side === 'BUY' ? [maker, other] : [other, maker]
    const transaction: Transaction = {
      kind: 'TRANSACTION',
      match: agent.nextNumber(),
      dtStart: quote.dtStart,
      price: quote.price,
      quantity: taker.quantity,
      buy,
      sell,
      aggressor: quote.side === 'BUY' ? 'SELL' : 'BUY',
      orders: quote.side === 'BUY' ? [quote.order, 0] : [0, quote.order],
    }
    const events = [transaction]
    const entries = agent.ledger.book(events)
    // the answer is kept and repeated: it names the trade by its number
    return { ...accepted({ match: transaction.match }, events), entries, transaction, quotes: [{ ...quote }] }
  }

  function reject(message: unknown, ownParty: string): QuoteOutcome {
    const request = EiRejectQuote.safeParse(message)
    if (!request.success) return refused('MALFORMED')
    const { partyId = ownParty, referencedQuoteId } = request.data
    if (!agent.isParty(partyId)) return refused('UNKNOWN_PARTY')
    return agent.once({ partyId, requestId: request.data.requestId }, message, () => {
      const quote = find(referencedQuoteId, partyId)
      return quote ? { ...accepted(), quotes: [{ ...quote }] } : refused('UNKNOWN_QUOTE')
    })
  }

  /** By the number that the market gave; by the id of its maker while no other quote has it, one's own first. */
  function find(reference: number | string, partyId: string): Quote | undefined {
    const named = open.allNamed(reference).filter(({ order, quoteId }) => reference === order || reference === quoteId)
    return named.find((quote) => quote.partyId === partyId) ?? (named.length === 1 ? named[0] : undefined)
  }

  function ownWith(partyId: string, quoteId: string): boolean {
    return open.allNamed(quoteId).some((quote) => quote.partyId === partyId)
  }

  function isSpent(order: number): boolean {
    return order > 0 && order <= agent.lastOrder()
  }

  return {
    advance: open.advance,
    create,
    cancel,
    accept,
    reject,
    all: (): readonly Readonly<Quote>[] => open.all(),
    snapshot: (): readonly Quote[] => open.all().map((quote) => ({ ...quote })),
  }
}

export type Quotes = ReturnType<typeof createQuotes>
