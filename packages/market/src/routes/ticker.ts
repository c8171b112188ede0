import { type CtsTicker, CtsTickerType } from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
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
    const linesOf = linesFor(request, market)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
    raw.write(`: market ${market.id}\n\n`)
    const heard = Number(request.headers['last-event-id'] ?? Number.NaN)
    if (Number.isSafeInteger(heard))
      for (const line of linesOf({ tickers: market.since(heard), touched: [], now: 0 })) raw.write(line)
    const listening = market.listen((news) => {
      for (const line of linesOf(news)) raw.write(line)
    })
    const ended = streams.open(() => raw.end())
    raw.once('close', () => {
      listening[Symbol.dispose]()
      ended()
    })
  })
}

type Lines = (news: News) => readonly string[]

function linesFor(request: Request, market: Market): Lines {
  const { type, subscriptionId } = Query.parse(request.query)
  if (subscriptionId === undefined) return tickerLines(typesIn(type))
  const subscription = market.desk.subscriptions.find(partyOf(request, market), subscriptionId)
  if (!subscription) throw new SepError('missing', `there is no subscription "${subscriptionId}"`)
  if (subscription.request === 'EiManageTickerSubscription') {
    return tickerLines(subscription.tickerType ? [subscription.tickerType] : CtsTickerType.options)
  }
  return subscription.request === 'EiManageInstrumentData'
    ? instrumentLines(market, subscription, subscriptionId)
    : () => []
}

function typesIn(list: string | undefined): readonly CtsTickerType[] {
  if (list === undefined) return CtsTickerType.options
  const types = z.array(CtsTickerType).safeParse(list.split(','))
  if (types.success) return types.data
  throw new SepError('invalid', `"${list}" is not a list of ${CtsTickerType.options.join(', ')}`)
}

function tickerLines(types: readonly CtsTickerType[]): Lines {
  return ({ tickers }) => tickers.filter(({ tickerType }) => types.includes(tickerType)).map(tickerLine)
}

function tickerLine(ticker: CtsTicker): string {
  return `id: ${ticker.tickerId}\nevent: ${ticker.tickerType}\ndata: ${JSON.stringify(ticker)}\n\n`
}

/** What has changed, of the instruments that the subscription bounds. */
function instrumentLines(market: Market, subscription: Subscription, subscriptionId: string): Lines {
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
    return [`event: EiManagedInstrumentData\ndata: ${JSON.stringify({ ...head, instruments })}\n\n`]
  }
}
