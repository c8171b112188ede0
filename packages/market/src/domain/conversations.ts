import type { CtsTicker, MarketReference } from '@gridloom/contracts'
import { type Outcome, refused } from './answer.ts'
import { deliveringConversations } from './delivering.ts'
import { informingConversations } from './informing.ts'
import type { MarketAgent, Terms } from './market-agent.ts'
import type { Posted } from './messages-of.ts'
import type { createMetered } from './metered.ts'
import type { PartyBook } from './party-book.ts'
import type { Prices } from './prices.ts'
import type { Quotes } from './quotes.ts'
import { quotingConversations } from './quoting.ts'
import type { RequestsForQuotes } from './requests-for-quotes.ts'
import { responseOf } from './response-of.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { Tickers } from './tickers.ts'
import { tradingConversations } from './trading.ts'

/** A message that came in, and who brought it. */
export type Visit = Readonly<{
  /** The LFDI of the certificate, or the name of an adapter inside the process. */
  peer: string
  message: unknown
  isOperator?: boolean
  terms?: Terms
  /** Why the terms are as they are, for the person who reads a refusal. */
  termsDetail?: string
  /** Of a receipt: whether the trade is known. */
  isKnownTransaction?: boolean
}>

/** What a market knows, for those who talk about it. */
export type Floor = Readonly<{
  market: MarketReference
  agent: MarketAgent
  parties: PartyBook
  quotes: Quotes
  rfqs: RequestsForQuotes
  metered: ReturnType<typeof createMetered>
  prices: Prices
  tickers: Tickers
  subscriptions: Subscriptions
}>

export type Spoken = Readonly<{
  reply: Readonly<Record<string, unknown>>
  outcome: Outcome
  posted?: readonly Posted[]
  lines?: readonly CtsTicker[]
  isRefusedByIdentity?: boolean
}>

/** One message type: what is answered to it, and the name of the answer. */
export type Conversation = Readonly<{ replyType: string; speak: (visit: Visit, now: number) => Spoken }>

export const messageTypes = [
  'EiRegisterParty',
  'EiCancelRegistration',
  'EiCreateTender',
  'EiCancelTender',
  'EiRequestPosition',
  'EiCreatedTransaction',
  'EiCreateQuote',
  'EiCancelQuote',
  'EiAcceptQuote',
  'EiRejectQuote',
  'EiCreateRfq',
  'EiManageTickerSubscription',
  'EiManageMarketReferenceData',
  'EiManageSegmentReferenceData',
  'EiManageSessionData',
  'EiManageInstrumentData',
  'EiReportDelivery',
  'EiRequestDelivery',
] as const
export type MessageType = (typeof messageTypes)[number]

/** Answers messages by their type; who speaks for somebody else is refused before anything is looked at. */
export function createConversations(floor: Floor) {
  const table: Readonly<Record<MessageType, Conversation>> = {
    ...tradingConversations(floor),
    ...quotingConversations(floor),
    ...informingConversations(floor),
    ...deliveringConversations(floor),
  }

  return function converse(type: MessageType, visit: Visit, now: number): Spoken {
    const conversation = table[type]
    if (mayAsk(type, visit)) return conversation.speak(visit, now)
    const requestId = idIn(visit.message, 'requestId') ?? idIn(visit.message, 'subscriptionRequestId')
    const response = responseOf('NOT_AUTHORIZED', now, 'the certificate is not that of the party')
    const reply = {
      type: conversation.replyType,
      ...(requestId !== undefined && { inResponseTo: requestId }),
      response,
    }
    return { reply, outcome: refused('NOT_AUTHORIZED'), isRefusedByIdentity: true }
  }

  function mayAsk(type: MessageType, { peer, message, isOperator }: Visit): boolean {
    const partyId = idIn(message, 'requestorPartyId') ?? idIn(message, 'partyId')
    if (partyId === undefined) return true // malformed, or about the peer itself
    if (type === 'EiRegisterParty') return floor.parties.mayRegister(peer, partyId, floor.agent.isParty)
    return (isOperator === true && readable.has(type)) || floor.parties.maySpeak(peer, partyId)
  }
}

/** What an operator may say for others. */
const readable: ReadonlySet<MessageType> = new Set(['EiRequestPosition', 'EiReportDelivery', 'EiRequestDelivery'])

/** A member of a message, if it is a text. */
export function idIn(message: unknown, member: string): string | undefined {
  const value = typeof message === 'object' && message !== null ? Reflect.get(message, member) : undefined
  return typeof value === 'string' ? value : undefined
}
