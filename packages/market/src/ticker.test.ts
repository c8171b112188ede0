import { request } from 'node:https'
import { secureOptions } from './testing/secure-options.ts'
import { expect, it, onTestFinished, vi } from 'vitest'
import { certificateOf, openScene, tender, type MarketScene } from './testing/market-scene.ts'

it('tells everybody what is offered and traded, and nobody who', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  const heard = await listen(scene, 'P9', '/ma/mkt-1/ticker')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 10@120'))
  await scene.as('P2')(tender('P2', 'b1', 'BUY 4@125'))
  await vi.waitFor(() => expect(heard()).toHaveLength(4), patient)
  expect(heard()).toMatchObject([
    { tickerType: 'TENDERS', tickerId: 1, marketOrderId: 1, side: 'SELL', price: 120, quantity: 10 },
    {
      tickerType: 'TRANSACTIONS',
      tickerId: 2,
      price: 120,
      quantity: 4,
      aggressorSide: 'BUY',
      saleTime: '2027-01-04T10:30:00Z',
    },
    { tickerType: 'TENDERS', marketOrderId: 2, quantity: 0 },
    { tickerType: 'TENDERS', marketOrderId: 1, quantity: 6 },
  ])
  expect(JSON.stringify(heard())).not.toMatch(/P1|P2/)
})

it('goes on after the line that was heard last', async () => {
  await using scene = await openScene()
  await scene.register('P1')
  for (const n of [1, 2, 3]) await scene.as('P1')(tender('P1', `a${n}`, 'SELL 1@120'))
  const heard = await listen(scene, 'P1', '/ma/mkt-1/ticker?type=TENDERS', { 'last-event-id': '1' })
  await vi.waitFor(() => expect(heard().map(({ tickerId }) => tickerId)).toEqual([2, 3]), patient)
})

it('gives a subscription its snapshot and then its updates', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 10@120'))
  const head = { subscriptionRequestId: 's', partyId: 'P2', marketId: 'mkt-1', subscriptionId: 'book' }
  const boundingInterval = { dtStart: '2027-01-04T12:00:00Z', duration: 'PT15M' }
  const type = 'EiManageInstrumentData'
  const asked = { type, ...head, boundingInterval, instrumentSummaryType: 'BOOK', marketDepth: 2 }
  const { reply } = await scene.as('P2')({ ...asked, subscriptionActionRequested: 'SNAPSHOT_AND_UPDATES' })
  const book = [{ side: 'SELL', price: 120, quantity: 10 }]
  expect(reply).toMatchObject({
    updateType: 'FULL',
    instruments: [{ interval: { dtStart: boundingInterval.dtStart }, book }],
  })
  const heard = await listen(scene, 'P2', String(reply.multicastListenReference))
  await scene.as('P2')(tender('P2', 'b1', 'BUY 4@125'))
  const left = [{ side: 'SELL', price: 120, quantity: 6 }]
  await vi.waitFor(
    () => expect(heard()).toMatchObject([{ updateType: 'INCREMENTAL', instruments: [{ book: left }] }]),
    patient,
  )

  const cancel = { ...asked, subscriptionActionRequested: 'CANCEL' }
  expect((await scene.as('P2')(cancel)).reply).toMatchObject({ subscriptionActionTaken: 'CANCEL' })
  expect((await scene.as('P2')(cancel)).reply.response.responseDescription).toBe('UNKNOWN_SUBSCRIPTION')
})

it('answers every kind of market data', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 10@120'))
  for (const n of [1, 2]) await scene.as('P2')(tender('P2', `b${n}`, `BUY ${n}@125`))
  const ask = async (type: string, more: object = {}) => {
    const head = { subscriptionRequestId: 's', partyId: 'P2', marketId: 'mkt-1', subscriptionId: 'x' }
    return (await scene.as('P2')({ type, ...head, subscriptionActionRequested: 'SNAPSHOT', ...more })).reply
  }
  const boundingInterval = { dtStart: '2027-01-04T11:45:00Z', duration: 'PT30M' }
  expect(await ask('EiManageMarketReferenceData')).toMatchObject({
    marketReferenceData: { marketId: 'mkt-1', tickSize: 1 },
  })
  expect(await ask('EiManageSegmentReferenceData')).toMatchObject({ segments: [{ segmentStatus: 'ACTIVE' }] })
  expect(await ask('EiManageSessionData')).toMatchObject({ sessions: [{ sessionStatus: 'OPEN' }] })
  expect(await ask('EiManageInstrumentData', { boundingInterval, instrumentSummaryType: 'SESSION' })).toMatchObject({
    instruments: [{ session: { volume: 0 } }, { session: { first: 120, high: 120, low: 120, last: 120, volume: 3 } }],
  })
  expect(await ask('EiManageTickerSubscription', { tickerType: 'TRANSACTIONS' })).toMatchObject({
    tickers: [{ quantity: 1 }, { quantity: 2 }],
  })
  expect(await ask('EiManageTickerSubscription', { tickerType: 'TENDERS' })).toMatchObject({
    tickers: [{ quantity: 7 }],
  })
  await scene.clock.advance(86_400)
  expect(await ask('EiManageSessionData')).toMatchObject({ sessions: [{ sessionStatus: 'CLOSED' }] })
})

const patient = { timeout: 20_000, interval: 20 }

/** Opens an event stream and gives what its data lines say so far. */
async function listen(scene: MarketScene, partyId: string, path: string, headers: Record<string, string> = {}) {
  let text = ''
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>()
  const asked = request(`${scene.url}${path}`, { ...secureOptions(certificateOf(partyId)), headers }, (answer) => {
    answer.setEncoding('utf8').on('data', (part: string) => {
      text += part
      resolve()
    })
  })
  asked.on('error', reject).end()
  onTestFinished(() => void asked.destroy())
  await opened
  asked.off('error', reject).on('error', () => {}) // the market ends before the stream does
  return () =>
    text
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => JSON.parse(line.slice('data: '.length)) as Record<string, unknown>)
}
