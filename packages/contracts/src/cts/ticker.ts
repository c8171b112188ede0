import { z } from 'zod'
import { CtsDuration, CtsInstant } from './instant.ts'
import { CtsId, CtsInterval, CtsResponse, CtsSide } from './parts.ts'

export const CtsTickerType = z.enum(['QUOTES', 'RFQS', 'TENDERS', 'TRANSACTIONS'])
export type CtsTickerType = z.infer<typeof CtsTickerType>

export const CtsSubscriptionAction = z.enum(['SNAPSHOT', 'SNAPSHOT_AND_UPDATES', 'CANCEL'])

const offered = {
  marketOrderId: z.int(),
  interval: CtsInterval,
  side: CtsSide,
  price: z.int(),
  quantity: z.int().describe('what is left of it; 0 when it is gone'),
  resourceDesignator: z.literal('ENERGY'),
}
const tickerId = z.int().describe('counts 1, 2, 3, … over the whole market')

/** One line of the public ticker: nobody is named. */
export const CtsTicker = z.discriminatedUnion('tickerType', [
  z.object({
    tickerType: z.literal('TRANSACTIONS'),
    tickerId,
    interval: CtsInterval,
    price: z.int(),
    quantity: z.int(),
    saleTime: CtsInstant,
    aggressorSide: CtsSide.optional().describe('absent in an auction'),
    resourceDesignator: z.literal('ENERGY'),
  }),
  z.object({ tickerType: z.literal('TENDERS'), tickerId, ...offered }),
  z.object({ tickerType: z.literal('QUOTES'), tickerId, ...offered, tradeable: z.boolean() }),
  z.object({
    tickerType: z.literal('RFQS'),
    tickerId,
    rfqId: CtsId,
    side: CtsSide,
    boundingInterval: CtsInterval,
    duration: CtsDuration,
    tradeableOnlyResponse: z.boolean(),
  }),
])
/** As it is written on the wire. */
export type CtsTicker = z.input<typeof CtsTicker>

/** The head of every EiManage… request. */
export const subscriptionHead = {
  subscriptionRequestId: CtsId,
  partyId: CtsId,
  marketId: CtsId,
  segmentId: CtsId.optional(),
  subscriptionId: CtsId,
  subscriptionActionRequested: CtsSubscriptionAction,
}

/** The head of every EiManaged… reply. */
export const subscribedHead = {
  inResponseTo: CtsId.optional(),
  subscriptionId: CtsId.optional(),
  subscriptionActionTaken: CtsSubscriptionAction.optional(),
  multicastListenReference: z.string().optional().describe('path of the event stream with the updates'),
  response: CtsResponse,
}

export const EiManageTickerSubscription = z.object({
  type: z.literal('EiManageTickerSubscription').optional(),
  ...subscriptionHead,
  tickerType: CtsTickerType,
})

export const EiManagedTickerSubscription = z.object({
  type: z.literal('EiManagedTickerSubscription'),
  ...subscribedHead,
  tickers: z.array(CtsTicker).optional().describe('the snapshot'),
})
