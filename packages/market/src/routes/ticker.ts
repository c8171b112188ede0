import { type CtsTicker, CtsTickerType } from '@gridloom/contracts'
import { openEventStream, type App, type StreamMessage } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { instrumentData } from '../domain/market-data.ts'
import type { Subscription } from '../domain/subscriptions.ts'
import type { Market } from '../market.ts'
import type { News } from '../news.ts'
import { marketOf, partyOf, type Request } from './lookup.ts'

type InMarket = { Params: { marketId: string } }

const Query = z.object({
  type: z.string().optional(),
  subscriptionId: z.string().optional(),
})

/** The public feed as server-sent events: for everybody of its types, or what a subscription is about. */
export function tickerRoutes(app: App, { markets, streams }: Pick<Deps, 'markets' | 'streams'>): void {
  app.get<InMarket>('/ma/:marketId/ticker', (request, reply) => {
    const market = marketOf(markets, request.params.marketId)
    const messagesOf = messagesFor(request, market)
    const stream = openEventStream(request, reply, `market ${market.id}`)
    const tell = (news: News): void => {
      for (const message of messagesOf(news)) stream.send(message)
    }
    if (stream.after !== undefined) tell({ tickers: market.since(stream.after), touched: [], now: 0 })
    stream.using(market.listen(tell))
    stream.using(streams.open(stream.end))
  })
}

type MessagesOf = (news: News) => readonly StreamMessage[]

function messagesFor(request: Request, market: Market): MessagesOf {
  const { type, subscriptionId } = Query.parse(request.query)
  if (subscriptionId === undefined) return tickerMessages(typesIn(type))
  const subscription = market.desk.subscriptions.find(partyOf(request, market), subscriptionId)
  if (!subscription) throw new SepError('missing', `there is no subscription "${subscriptionId}"`)
  if (subscription.request === 'EiManageTickerSubscription') {
    return tickerMessages(subscription.tickerType ? [subscription.tickerType] : CtsTickerType.options)
  }
  return subscription.request === 'EiManageInstrumentData'
    ? instrumentMessages(market, subscription, subscriptionId)
    : () => []
}

function typesIn(list: string | undefined): readonly CtsTickerType[] {
  if (list === undefined) return CtsTickerType.options
  const types = z.array(CtsTickerType).safeParse(list.split(','))
  if (types.success) return types.data
  throw new SepError('invalid', `"${list}" is not a list of ${CtsTickerType.options.join(', ')}`)
}

function tickerMessages(types: readonly CtsTickerType[]): MessagesOf {
  return ({ tickers }) => tickers.filter(({ tickerType }) => types.includes(tickerType)).map(tickerMessage)
}

function tickerMessage(ticker: CtsTicker): StreamMessage {
  return { id: ticker.tickerId, event: ticker.tickerType, data: ticker }
}

/** What has changed, of the instruments that the subscription bounds. */
function instrumentMessages(market: Market, subscription: Subscription, subscriptionId: string): MessagesOf {
  const { boundingInterval: bounds = { dtStart: 0, duration: 0 }, instrumentSummaryType = 'SESSION' } = subscription
  const asked = { instrumentSummaryType, marketDepth: subscription.marketDepth ?? 1 }
  const { desk } = market
  return ({ touched }) => {
    const starts = touched.filter(
      (start) => start >= bounds.dtStart && start + desk.market.intervalSeconds <= bounds.dtStart + bounds.duration,
    )
    if (starts.length === 0) return []
    const instruments = starts.map((start) => instrumentData(desk, start, asked))
    const head = { type: 'EiManagedInstrumentData', subscriptionId, updateType: 'INCREMENTAL', instrumentSummaryType }
    return [{ event: 'EiManagedInstrumentData', data: { ...head, instruments } }]
  }
}
