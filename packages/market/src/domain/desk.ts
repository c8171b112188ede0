import type { CtsTicker, MarketReference } from '@gridloom/contracts'
import type { Outcome } from './answer.ts'
import type { Archive } from './archive.ts'
import type { Visit } from './conversation.ts'
import { createConversations, type MessageType, messageTypes } from './conversations.ts'
import type { LedgerEntry } from './ledger.ts'
import { type AgentSnapshot, createMarketAgent } from './market-agent.ts'
import { messagesOf, type Posted } from './messages-of.ts'
import { createMetered, type MeteredSnapshot } from './metered.ts'
import { createPartyBook, type Listed, type PartyRecord } from './party-book.ts'
import { createPrices, type PricesSnapshot } from './prices.ts'
import type { Quote } from './open-quotes.ts'
import { createQuotes } from './quotes.ts'
import { createRequestsForQuotes, type Rfq } from './requests-for-quotes.ts'
import { responseOf } from './response-of.ts'
import { createSubscriptions, type SubscriptionsSnapshot } from './subscriptions.ts'
import { createTickers, type TickersSnapshot } from './tickers.ts'

/** All that one step of a market has to say. */
export type Step = Readonly<{
  /** The answer, or the text of the one given before to the same request. */
  reply: Readonly<Record<string, unknown>> | string
  isRefusedByIdentity: boolean
  posted: readonly Posted[]
  tickers: readonly CtsTicker[]
  entries: readonly LedgerEntry[]
  /** Starts of the instruments whose book or prices have changed. */
  touched: readonly number[]
}>

export type DeskSnapshot = Readonly<{
  agent: AgentSnapshot
  parties: readonly PartyRecord[]
  quotes: readonly Quote[]
  rfqs: readonly Rfq[]
  metered: MeteredSnapshot
  prices: PricesSnapshot
  tickers: TickersSnapshot
  subscriptions: SubscriptionsSnapshot
}>

export type DeskOptions = Readonly<{
  archive: Archive
  from?: DeskSnapshot | undefined
  /** The ledger up to the snapshot. */
  earlier?: Iterable<LedgerEntry>
  /** The only parties that there are. */
  listed?: readonly Listed[] | undefined
}>

/** The Market Agent without its network and its store: a message and an instant go in, all that follows comes out. */
export function createDesk(market: MarketReference, { archive, from, earlier = [], listed }: DeskOptions) {
  const agent = createMarketAgent(market, [], { archive, from: from?.agent, earlier })
  const parties = createPartyBook(from?.parties, listed)
  const rfqs = createRequestsForQuotes(market, { agent, from: from?.rfqs })
  const quotes = createQuotes(market, { agent, rfqs, from: from?.quotes })
  const metered = createMetered(market, { agent, from: from?.metered })
  const prices = createPrices(from?.prices)
  const tickers = createTickers(market, { open: agent.snapshot().module.tenders, from: from?.tickers })
  const subscriptions = createSubscriptions(market, { agent, from: from?.subscriptions })
  const converse = createConversations({
    market,
    agent,
    parties,
    quotes,
    rfqs,
    metered,
    prices,
    tickers,
    subscriptions,
  })

  /** Answers a message; what was due before it has ended by then. */
  function take(visit: Visit, now: number): Step {
    const due = passTime(now)
    const type = typeOf(visit.message)
    if (!type) return { ...stepOf(due, [], now), reply: unknownType(now) }
    const { reply, outcome, posted = [], lines = [], isRefusedByIdentity } = converse(type, visit, now)
    const events = [...due.events, ...outcome.events]
    const step = stepOf({ ...outcome, events }, posted, now)
    return {
      ...step,
      reply: outcome.repeats?.reply ?? reply,
      isRefusedByIdentity: isRefusedByIdentity ?? false,
      tickers: [...step.tickers, ...lines],
    }
  }

  /** Ends what is due; only an instant at which something ends makes a difference. */
  function advance(now: number): Step {
    return stepOf(passTime(now), [], now)
  }

  function clear(dtStart: number, now: number): Step {
    const due = passTime(now)
    const outcome = agent.clear(dtStart, now)
    return stepOf({ ...outcome, events: [...due.events, ...outcome.events] }, [], now)
  }

  function passTime(now: number): Outcome {
    quotes.advance(now)
    rfqs.advance(now)
    return { answer: { reason: 'OK' }, events: agent.advance(now) }
  }

  function stepOf(outcome: Outcome, posted: readonly Posted[], now: number): Step {
    const { events, entries = [], opened = [] } = outcome
    prices.book(events)
    const touched = new Set(events.flatMap((event) => ('dtStart' in event ? [event.dtStart] : [])))
    for (const { dtStart } of opened) touched.add(dtStart)
    return {
      reply: {},
      isRefusedByIdentity: false,
      posted: [...messagesOf(events, entries, { market, now }), ...posted],
      tickers: tickers.tell(outcome, now),
      entries,
      touched: [...touched],
    }
  }

  return {
    take,
    advance,
    clear,
    market,
    agent,
    parties,
    metered,
    prices,
    subscriptions,
    /** The instant at which something ends by itself. */
    nextEnd: (): number | undefined => agent.nextEnd(),
    snapshot: (): DeskSnapshot => ({
      agent: agent.snapshot(),
      parties: parties.all(),
      quotes: quotes.snapshot(),
      rfqs: rfqs.snapshot(),
      metered: metered.snapshot(),
      prices: prices.all(),
      tickers: tickers.snapshot(),
      subscriptions: subscriptions.snapshot(),
    }),
  }
}

export type Desk = ReturnType<typeof createDesk>

/** The type of a message that the market understands. */
export function typeOf(message: unknown): MessageType | undefined {
  const type = typeof message === 'object' && message !== null ? Reflect.get(message, 'type') : undefined
  return messageTypes.find((known) => known === type)
}

function unknownType(now: number) {
  return { type: 'EiAcknowledged', response: responseOf('MALFORMED', now) }
}
