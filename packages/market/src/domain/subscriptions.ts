import {
  type CtsSubscriptionAction,
  type CtsTickerType,
  EiManageInstrumentData,
  EiManageMarketReferenceData,
  EiManageSegmentReferenceData,
  EiManageSessionData,
  EiManageTickerSubscription,
  type MarketReference,
} from '@gridloom/contracts'
import type { z } from 'zod'
import { accepted, type Outcome, refused } from './answer.ts'
import type { MarketAgent } from './market-agent.ts'

const requests = {
  EiManageTickerSubscription,
  EiManageMarketReferenceData,
  EiManageSegmentReferenceData,
  EiManageSessionData,
  EiManageInstrumentData,
}
export type SubscriptionRequest = keyof typeof requests

type Head = Readonly<{ partyId: string; marketId: string; subscriptionId: string }> &
  Readonly<{ subscriptionActionRequested: z.infer<typeof CtsSubscriptionAction> }>

/** What a party listens to. */
export type Subscription = Readonly<{
  request: SubscriptionRequest
  tickerType?: CtsTickerType
  boundingInterval?: Readonly<{ dtStart: number; duration: number }>
  instrumentSummaryType?: 'SESSION' | 'BOOK'
  marketDepth?: number
}>

export type SubscriptionsSnapshot = readonly (readonly [key: string, subscription: Subscription])[]
export type Managed = Outcome & Readonly<{ head?: Head; subscription?: Subscription }>

/** Who listens to what; a subscription is the party's, under the id that the party chose. */
export function createSubscriptions(
  market: MarketReference,
  { agent, from = [] }: Readonly<{ agent: MarketAgent; from?: SubscriptionsSnapshot | undefined }>,
) {
  const kept = new Map<string, Subscription>(from)

  function manage(request: SubscriptionRequest, message: unknown): Managed {
    const parsed = requests[request].safeParse(message)
    if (!parsed.success) return refused('MALFORMED')
    const { data } = parsed
    if (!agent.isParty(data.partyId)) return refused('UNKNOWN_PARTY')
    if (data.marketId !== market.marketId) return refused('UNKNOWN_MARKET')
    const key = keyOf(data.partyId, data.subscriptionId)
    if (data.subscriptionActionRequested === 'CANCEL') {
      return kept.delete(key) ? { ...accepted(), head: data } : refused('UNKNOWN_SUBSCRIPTION')
    }
    const subscription = { request, ...wishesOf(data) }
    if (data.subscriptionActionRequested === 'SNAPSHOT_AND_UPDATES') kept.set(key, subscription)
    return { ...accepted(), head: data, subscription }
  }

  return {
    manage,
    find: (partyId: string, subscriptionId: string): Subscription | undefined =>
      kept.get(keyOf(partyId, subscriptionId)),
    snapshot: (): SubscriptionsSnapshot => [...kept],
  }
}

export type Subscriptions = ReturnType<typeof createSubscriptions>

function wishesOf(data: z.infer<(typeof requests)[SubscriptionRequest]>): Omit<Subscription, 'request'> {
  if ('tickerType' in data) return { tickerType: data.tickerType }
  if (!('boundingInterval' in data)) return {}
  const { boundingInterval, instrumentSummaryType, marketDepth } = data
  return { boundingInterval, instrumentSummaryType, marketDepth }
}

// neither id can hold a blank
function keyOf(partyId: string, subscriptionId: string): string {
  return `${partyId} ${subscriptionId}`
}
