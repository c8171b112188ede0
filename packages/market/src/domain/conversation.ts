import type { CtsTicker, MarketReference } from '@gridloom/contracts'
import type { Outcome } from './answer.ts'
import type { MarketAgent, Terms } from './market-agent.ts'
import type { Posted } from './messages-of.ts'
import type { createMetered } from './metered.ts'
import type { PartyBook } from './party-book.ts'
import type { Prices } from './prices.ts'
import type { Quotes } from './quotes.ts'
import type { RequestsForQuotes } from './requests-for-quotes.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { Tickers } from './tickers.ts'

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
