import { formatCtsDuration, formatCtsInstant } from '@gridloom/contracts'
import type { Conversation, Floor, Visit } from './conversation.ts'
import { type Posted, transactionIdOf } from './messages-of.ts'
import type { Quote } from './open-quotes.ts'
import type { Rfq } from './requests-for-quotes.ts'
import { headOf, idIn } from './reply-head.ts'

type QuotingType = 'EiCreateQuote' | 'EiCancelQuote' | 'EiAcceptQuote' | 'EiRejectQuote' | 'EiCreateRfq'

/** Quotes, and requests for them. */
export function quotingConversations(floor: Floor): Readonly<Record<QuotingType, Conversation>> {
  const { market, agent, parties, quotes, rfqs, tickers } = floor

  function create({ message, terms }: Visit, now: number) {
    const outcome = quotes.create(message, now, terms)
    const made = 'quotes' in outcome ? (outcome.quotes ?? []) : []
    const [first] = made
    const head = headOf('EiCreatedQuote', message, outcome, now)
    if (!first) return { reply: head, outcome }
    const asker = 'asker' in outcome ? outcome.asker : undefined
    const [quoteId, leg] = first.quoteId.split('/')
    const marketOrders = made.map((one) => ({ quoteId: one.quoteId, marketOrderId: one.order }))
    return {
      reply: { ...head, quoteId, ...(leg === undefined ? { marketOrderId: first.order } : { marketOrders }) },
      outcome,
      posted: asker === undefined ? [] : made.map((one) => offerTo(asker, one)),
      lines: tickers.tellQuotes(made),
    }
  }

  function cancel({ message }: Visit, now: number) {
    const outcome = quotes.cancel(message)
    const gone = 'quotes' in outcome ? (outcome.quotes ?? []) : []
    const left = outcome.answer.result && 'canceled' in outcome.answer.result ? outcome.answer.result.canceled : []
    const canceled = gone.map(({ quoteId, order }, index) => {
      return { quoteId, marketOrderId: order, remainingQuantity: left[index]?.[1] ?? 0, success: true }
    })
    return {
      reply: { ...headOf('EiCanceledQuote', message, outcome, now), canceled },
      outcome,
      lines: tickers.tellQuotes(gone),
    }
  }

  function accept({ message, terms }: Visit, now: number) {
    const outcome = quotes.accept(message, terms)
    const { result } = outcome.answer
    const head = headOf('EiAcceptedQuote', message, outcome, now)
    if (!result || !('match' in result)) return { reply: head, outcome }
    const left = 'quotes' in outcome ? (outcome.quotes ?? []) : []
    const marketTransactionId = transactionIdOf(market, String(result.match))
    return { reply: { ...head, marketTransactionId }, outcome, lines: tickers.tellQuotes(left) }
  }

  /** The maker of the quote is told, and not by whom. */
  function reject({ peer, message }: Visit, now: number) {
    const outcome = quotes.reject(message, parties.partyOf(peer) ?? '')
    const [quote] = 'quotes' in outcome ? (outcome.quotes ?? []) : []
    const posted: Posted[] = quote
      ? [
          {
            partyId: quote.partyId,
            message: {
              type: 'EiRejectQuote',
              requestId: idIn(message, 'requestId') ?? '',
              partyId: market.marketPartyId,
              referencedQuoteId: quote.order,
            },
          },
        ]
      : []
    return { reply: headOf('EiRejectedQuote', message, outcome, now), outcome, posted }
  }

  function ask({ message }: Visit, now: number) {
    const outcome = rfqs.create(message, now)
    const rfq = 'rfq' in outcome ? outcome.rfq : undefined
    const head = headOf('EiCreatedRfq', message, outcome, now)
    if (!rfq) return { reply: head, outcome }
    const others = rfq.privateRfq ? agent.parties().filter((partyId) => partyId !== rfq.partyId) : []
    return {
      reply: { ...head, rfqId: rfq.rfqId },
      outcome,
      posted: others.map((partyId) => askOf(partyId, rfq)),
      lines: tickers.tellRfq(rfq),
    }
  }

  /** The answer to a request for quotes, in the name of the market. */
  function offerTo(
    partyId: string,
    { order, rfqId, side, dtStart, price, remaining, tradeable }: Readonly<Quote>,
  ): Posted {
    const interval = { dtStart: formatCtsInstant(dtStart), duration: formatCtsDuration(market.intervalSeconds) }
    const tenderDetail = { kind: 'INTERVAL', interval, price, quantity: remaining }
    const quote = {
      quoteId: String(order),
      marketOrderId: order,
      rfqId,
      tradeable,
      privateQuote: true,
      side,
      tenderDetail,
    }
    const head = { type: 'EiCreateQuote', requestId: `q-${order}`, partyId: market.marketPartyId }
    return { partyId, message: { ...head, marketId: market.marketId, quote } }
  }

  function askOf(partyId: string, { rfqId, side, tradeableOnlyResponse, boundingInterval, duration }: Rfq): Posted {
    const bounds = {
      dtStart: formatCtsInstant(boundingInterval.dtStart),
      duration: formatCtsDuration(boundingInterval.duration),
    }
    const asked = { rfqId, side, privateRfq: true, tradeableOnlyResponse }
    const rfq = { ...asked, boundingInterval: bounds, duration: formatCtsDuration(duration) }
    return {
      partyId,
      message: { type: 'EiCreateRfq', requestId: `f-${rfqId}`, partyId: market.marketPartyId, rfq },
    }
  }

  return {
    EiCreateQuote: { replyType: 'EiCreatedQuote', speak: create },
    EiCancelQuote: { replyType: 'EiCanceledQuote', speak: cancel },
    EiAcceptQuote: { replyType: 'EiAcceptedQuote', speak: accept },
    EiRejectQuote: { replyType: 'EiRejectedQuote', speak: reject },
    EiCreateRfq: { replyType: 'EiCreatedRfq', speak: ask },
  }
}
