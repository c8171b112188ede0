import {
  type AgentState,
  type AgentTrade,
  type CommittedSchedule,
  type EiCreateTransaction,
  type MarketReference,
  type SupervisoryNeed,
} from '@gridloom/contracts'
import { createBell, type Clock, type Logger } from '@gridloom/kit'
import type { AgentConfig } from './config.ts'
import type { DcmLink } from './dcm-link.ts'
import { createNegotiation } from './domain/negotiation.ts'
import type { Outlook } from './domain/outlook.ts'
import { amountOf, createAccount, type BookedTrade, type Trade } from './domain/own-ledger.ts'
import { committedSchedule } from './domain/committed-schedule.ts'
import { strategyOf } from './domain/strategies/strategy-of.ts'
import { mergedNeeds, wishOfNeed } from './domain/supervisory-wish.ts'
import { intervalAt } from './domain/wish.ts'
import { createDispatch } from './loops/dispatch.ts'
import { createListen } from './loops/listen.ts'
import { createNegotiate } from './loops/negotiate.ts'
import { createSettle } from './loops/settle.ts'
import { createWatchPrices } from './loops/watch-prices.ts'
import type { Callback, MarketLink, Span } from './market-link.ts'
import type { Meters } from './metrics.ts'
import type { AgentStore } from './store/agent-store.ts'

export type AgentOptions = Readonly<{
  config: AgentConfig
  marketId: string
  /** How the market reaches this agent, and the certificate it meets there; without it the agent asks for its messages. */
  callback: () => Callback | undefined
  market: MarketLink
  dcm: DcmLink | undefined
  store: AgentStore
  outlook: Outlook
  /** Whether it is the one that looks for prices. */
  watchesPrices: boolean
  clock: Clock
  log: Logger
  meters: Meters
  horizonIntervals: number
  planSeconds: number
}>

/** One Transactive Energy User Agent: speaks for one party in one market. */
export type Agent = Readonly<{
  partyId: string
  /** Books a trade that the market tells of; the answer is its receipt. */
  receive(message: EiCreateTransaction): Promise<Readonly<{ recipientTransactionId: string }>>
  /** The market ended tenders by itself. */
  ended(tenderIds: readonly string[]): Promise<void>
  needs(): readonly SupervisoryNeed[]
  setNeeds(needs: readonly SupervisoryNeed[]): Promise<void>
  schedule(span: Span): CommittedSchedule | undefined
  deliveries(span: Span): ReadonlyMap<number, number>
  ledger(after: number): readonly AgentTrade[]
  state(): AgentState
  reference(): MarketReference | undefined
  run(signal: AbortSignal): Promise<void>
}>

export function createAgent(options: AgentOptions): Agent {
  const { config, marketId, store, clock, log, meters, dcm } = options
  const { partyId } = config
  const account = createAccount(store.trades(0))
  const live = store.liveTenders()
  const negotiation = createNegotiation(live, account.positionOf)
  const bell = createBell(clock)
  let needs = (store.recall('needs') as readonly SupervisoryNeed[] | undefined) ?? []
  const kept = store.recall('reference') as MarketReference | undefined
  const standing: Standing = { reference: kept, market: 'away' }

  /** Enters a trade once, whoever tells of it first: the market's message or its ledger. */
  const book = async (trade: Trade): Promise<BookedTrade> => {
    const { booked, isNew } = await store.book(trade)
    meters.booked(partyId, trade.side, isNew)
    if (!isNew) return booked
    account.add(trade)
    negotiation.traded(trade.tenderId, trade.side, trade.quantity)
    if (!negotiation.live().some(({ tenderId }) => tenderId === trade.tenderId))
      await store.tenderIs(trade.tenderId, 'ended')
    const { side, quantity, price, dtStart } = trade
    log.info({ partyId, side, quantity, price, dtStart }, 'trade booked')
    bell.ring()
    return booked
  }
  const learn = async (reference: MarketReference): Promise<void> => {
    standing.reference = reference
    await store.remember('reference', reference)
  }
  const receive: Agent['receive'] = async ({ counterPartyId, transaction }) => {
    const { tenderId, side, match, marketTransactionId, interval, price, quantity } = transaction
    const trade = { tenderId, side, match, marketTransactionId, price, quantity, counterPartyId }
    return book({ ...trade, dtStart: interval.dtStart })
  }
  const ended: Agent['ended'] = async (tenderIds) => {
    for (const tenderId of tenderIds) {
      negotiation.ended(tenderId)
      await store.tenderIs(tenderId, 'ended')
    }
    bell.ring()
  }
  const wished = (rules: MarketReference) => needs.map((need) => wishOfNeed(need, rules))

  const shared = { ...options, partyId, account, negotiation, bell, book, standing }
  const strategy = strategyOf(config.strategy)
  const negotiate = createNegotiate({
    ...shared,
    strategy,
    wished,
    learn,
    unanswered: live.filter(({ state }) => state === 'sending'),
  })
  const dispatch = createDispatch({ ...shared, follow: config.dcm?.follow ?? 'none' })
  const settle = createSettle({ ...shared, measurementPointId: config.measurementPointId ?? partyId })
  const watchPrices = createWatchPrices(shared)
  const listen = createListen({ ...shared, take: receive, ended })

  return {
    partyId,
    receive,
    ended,
    needs: () => needs,
    async setNeeds(news) {
      needs = mergedNeeds(needs, news, clock.now() - 86_400)
      await store.remember('needs', needs)
      bell.ring()
    },
    schedule(span) {
      const { reference } = standing
      if (!reference) return undefined
      const deliveredOf = deliveries(span)
      const needOf = new Map(needs.map((need) => [need.start, need.energyWh]))
      const known = { positionOf: account.positionOf, needOf, deliveredOf, orders: dispatch.orders() }
      return committedSchedule({ reference, partyId, now: clock.now(), span, ...known })
    },
    deliveries,
    ledger: (after) => store.trades(after, 500).map(shown),
    state() {
      const { reference, market } = standing
      const lastPrice = account.lastPrice()
      return {
        partyId,
        ...(config.name !== undefined && { name: config.name }),
        marketId,
        strategy: config.strategy.kind,
        ...(config.dcm && { device: config.dcm.device }),
        market,
        ...(reference && { currency: reference.currency, priceScale: reference.priceScale }),
        cash: String(account.cash()),
        transactions: account.count(),
        openTenders: negotiation.live().map(({ tenderId, dtStart: start, side, price, remaining, state }) => {
          return { tenderId, start, side, price, remaining, state }
        }),
        ...(lastPrice !== undefined && { lastPrice }),
        ...(reference && {
          positionWh: account.positionOf(intervalAt(reference, clock.now())) * 10 ** reference.quantityScale,
        }),
      }
    },
    reference: () => standing.reference,
    async run(signal) {
      const physical = dcm ? [dispatch, settle] : []
      const informed = [...(options.callback() ? [] : [listen]), ...(options.watchesPrices ? [watchPrices] : [])]
      await Promise.all([negotiate, ...physical, ...informed].map((loop) => loop.run(signal)))
    },
  }

  function deliveries({ from, to }: Span): Map<number, number> {
    return new Map(store.deliveries(from, to).map(({ dtStart, quantity }) => [dtStart, quantity]))
  }
}

/** What an agent knows of its market. */
export type Standing = { reference: MarketReference | undefined; market: AgentState['market'] }

function shown({ dtStart: start, ...trade }: BookedTrade): AgentTrade {
  return { ...trade, start, amount: String(amountOf(trade)) }
}
