import type { Conversation, Floor } from './conversation.ts'
import { instrumentData, instrumentsIn, referenceText, segmentsOf, sessionsOf } from './market-data.ts'
import { idIn } from './reply-head.ts'
import { responseOf } from './response-of.ts'
import type { Subscription, SubscriptionRequest } from './subscriptions.ts'

/** Tickers and data of the market: the state at once, and where the updates are. */
export function informingConversations(floor: Floor): Readonly<Record<SubscriptionRequest, Conversation>> {
  const { market, agent, prices, quotes, rfqs, tickers, subscriptions } = floor

  function informing(request: SubscriptionRequest, replyType: string): Conversation {
    return {
      replyType,
      speak: ({ message }, now) => {
        const { head, subscription, ...outcome } = subscriptions.manage(request, message)
        const inResponseTo = idIn(message, 'subscriptionRequestId')
        const response = responseOf(outcome.answer.reason, now)
        const begin = { type: replyType, ...(inResponseTo !== undefined && { inResponseTo }), response }
        if (!head) return { reply: begin, outcome }
        const { subscriptionId, subscriptionActionRequested: subscriptionActionTaken } = head
        const taken = { ...begin, subscriptionId, subscriptionActionTaken }
        if (!subscription) return { reply: taken, outcome }
        const isLive = subscriptionActionTaken === 'SNAPSHOT_AND_UPDATES'
        const stream = `/ma/${market.marketId}/ticker?subscriptionId=${subscriptionId}`
        const updates = isLive ? { multicastListenReference: stream } : {}
        return { reply: { ...taken, ...updates, ...stateOf(subscription, now) }, outcome }
      },
    }
  }

  function stateOf(subscription: Subscription, now: number) {
    const full = { updateType: 'FULL' } as const
    switch (subscription.request) {
      case 'EiManageTickerSubscription': {
        const { tickerType = 'TRANSACTIONS' } = subscription
        return { tickers: tickers.snapshotOf(tickerType, quotes.all(), rfqs.all()) }
      }
      case 'EiManageMarketReferenceData':
        return { ...full, marketReferenceData: referenceText(market) }
      case 'EiManageSegmentReferenceData':
        return { ...full, segments: segmentsOf(market, now) }
      case 'EiManageSessionData':
        return { ...full, sessions: sessionsOf(market, now) }
      case 'EiManageInstrumentData': {
        const { boundingInterval = { dtStart: 0, duration: 0 } } = subscription
        const { instrumentSummaryType = 'SESSION', marketDepth = 1 } = subscription
        const asked = { instrumentSummaryType, marketDepth }
        const starts = instrumentsIn(market, boundingInterval)
        const instruments = starts.map((dtStart) => instrumentData({ market, agent, prices }, dtStart, asked))
        return { ...full, instrumentSummaryType, instruments }
      }
      default:
        return subscription.request satisfies never
    }
  }

  return {
    EiManageTickerSubscription: informing('EiManageTickerSubscription', 'EiManagedTickerSubscription'),
    EiManageMarketReferenceData: informing('EiManageMarketReferenceData', 'EiManagedMarketReferenceData'),
    EiManageSegmentReferenceData: informing('EiManageSegmentReferenceData', 'EiManagedSegmentReferenceData'),
    EiManageSessionData: informing('EiManageSessionData', 'EiManagedSessionData'),
    EiManageInstrumentData: informing('EiManageInstrumentData', 'EiManagedInstrumentData'),
  }
}
