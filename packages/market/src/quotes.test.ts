import { expect, it } from 'vitest'
import { messagesOf, openScene, tender, type MarketScene, type Reply } from './testing/market-scene.ts'

it('trades the accepted quantity at the price of the quote, which keeps the rest', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  const { reply } = await scene.as('P1')(quote('P1', 'q1', 'SELL 10@120'))
  expect(reply).toMatchObject({ type: 'EiCreatedQuote', quoteId: 'q1', marketOrderId: 1 })
  expect(await accept(scene, 'P2', 'x1', 1, 4, 125)).toMatchObject({
    type: 'EiAcceptedQuote',
    marketTransactionId: 'mkt-1:1',
    response: { responseCode: 200 },
  })
  expect(await messagesOf(scene, 'P2')).toMatchObject([
    { type: 'EiCreateTransaction', transaction: { side: 'BUY', price: 120, quantity: 4, tenderId: 'x1' } },
  ])
  expect(reasonOf(await accept(scene, 'P2', 'x2', 1, 7, 125))).toBe('INVALID_QUANTITY')
  expect(reasonOf(await accept(scene, 'P2', 'x3', 1, 6, 119))).toBe('INVALID_PRICE')
  expect(reasonOf(await accept(scene, 'P2', 'x4', 'q1', 6, 120))).toBe('OK')
  expect(reasonOf(await accept(scene, 'P2', 'x5', 1, 1, 120))).toBe('QUOTE_NOT_OPEN')
  expect(await accept(scene, 'P2', 'x1', 1, 4, 125)).toMatchObject({ marketTransactionId: 'mkt-1:1' })
  const { body } = await scene.clientOf('P2').get('/ma/mkt-1/positions')
  expect(JSON.parse(body.toString()).positions).toMatchObject([{ quantity: 10 }])
})

it('has each leg of a stream quoted by itself', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  const intervals = [10, 0, 6].map((quantity, streamUid) => ({ streamUid, price: 120 + streamUid, quantity }))
  const stream = { streamStart: '2027-01-04T12:00:00Z', intervalDuration: 'PT15M', intervals }
  const terms = { tenderDetail: { kind: 'STREAM', stream } }
  const { reply } = await scene.as('P1')(quote('P1', 'q1', 'SELL 1@1', terms))
  const marketOrders = [0, 2].map((leg, index) => ({ quoteId: `q1/${leg}`, marketOrderId: index + 1 }))
  expect(reply).toMatchObject({ type: 'EiCreatedQuote', quoteId: 'q1', marketOrders })
  expect(reply).not.toHaveProperty('marketOrderId')
  expect(reasonOf((await scene.as('P1')({ ...quote('P1', 'q1', 'SELL 1@1'), requestId: 'again' })).reply)).toBe(
    'DUPLICATE_QUOTE_ID',
  )
  expect(reasonOf(await accept(scene, 'P2', 'x1', 'q1/2', 4, 122))).toBe('OK')
  expect(await messagesOf(scene, 'P2')).toMatchObject([
    { transaction: { quantity: 4, price: 122, interval: { dtStart: '2027-01-04T12:30:00Z' } } },
  ])
  expect(reasonOf(await accept(scene, 'P2', 'x2', 'q1', 1, 130))).toBe('UNKNOWN_QUOTE')
  await scene.restart()
  const cancel = { type: 'EiCancelQuote', requestId: 'c', partyId: 'P1', marketQuoteIds: ['q1'] }
  expect((await scene.as('P1')(cancel)).reply.canceled).toMatchObject([
    { quoteId: 'q1/0', remainingQuantity: 10 },
    { quoteId: 'q1/2', remainingQuantity: 2 },
  ])
})

it('brings an answer for several intervals to who asked for them, leg by leg', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  const boundingInterval = { dtStart: '2027-01-04T12:00:00Z', duration: 'PT30M' }
  const rfq = { rfqId: 'f1', side: 'BUY', boundingInterval, duration: 'PT15M' }
  await scene.as('P1')({ type: 'EiCreateRfq', requestId: 'f', partyId: 'P1', rfq })
  const intervals = [5, 7].map((quantity, streamUid) => ({ streamUid, price: 100, quantity }))
  const stream = { streamStart: boundingInterval.dtStart, intervalDuration: 'PT15M', intervals }
  await scene.as('P2')(quote('P2', 'q1', 'SELL 1@1', { rfqId: 'f1', tenderDetail: { kind: 'STREAM', stream } }))
  const offered = (await messagesOf(scene, 'P1')).map((message) => message['quote'])
  expect(offered).toMatchObject([
    { marketOrderId: 1, tenderDetail: { quantity: 5, interval: { dtStart: '2027-01-04T12:00:00Z' } } },
    { marketOrderId: 2, tenderDetail: { quantity: 7, interval: { dtStart: '2027-01-04T12:15:00Z' } } },
  ])
})

it('counts trades of quotes and of the book together', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(quote('P1', 'q1', 'BUY 5@90'))
  await scene.as('P1')(tender('P1', 'a1', 'SELL 1@100'))
  await scene.as('P2')(tender('P2', 'b1', 'BUY 1@100'))
  expect(await accept(scene, 'P2', 'x1', 1, 5, 80)).toMatchObject({ marketTransactionId: 'mkt-1:2' })
})

it.each([
  ['an indication', { tradeable: false }, 'NOT_SUPPORTED'],
  ['a quote that is over', { expirationTime: '2027-01-04T10:31:00Z' }, 'QUOTE_NOT_OPEN'],
])('does not trade on %s', async (_, changes, reason) => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(quote('P1', 'q1', 'SELL 10@120', changes))
  await scene.clock.advance(60)
  expect(reasonOf(await accept(scene, 'P2', 'x1', 1, 1, 120))).toBe(reason)
})

it('cancels a quote for its owner alone', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(quote('P1', 'q1', 'SELL 10@120'))
  const cancel = { type: 'EiCancelQuote', requestId: 'c', marketQuoteIds: [1] }
  expect(reasonOf((await scene.as('P2')({ ...cancel, partyId: 'P2' })).reply)).toBe('UNKNOWN_QUOTE')
  expect((await scene.as('P1')({ ...cancel, partyId: 'P1' })).reply.canceled).toEqual([
    { quoteId: 'q1', marketOrderId: 1, remainingQuantity: 10, success: true },
  ])
})

it('brings a private answer to who asked, and the refusal back', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2', 'P3')
  const boundingInterval = { dtStart: '2027-01-04T12:00:00Z', duration: 'PT15M' }
  const rfq = {
    rfqId: 'f1',
    side: 'BUY',
    boundingInterval,
    duration: 'PT15M',
    privateRfq: true,
    tradeableOnlyResponse: true,
  }
  await scene.as('P1')({ type: 'EiCreateRfq', requestId: 'f', partyId: 'P1', rfq })
  expect(await messagesOf(scene, 'P2')).toMatchObject([
    { type: 'EiCreateRfq', partyId: 'MARKET', rfq: { rfqId: 'f1' } },
  ])
  expect(await messagesOf(scene, 'P1')).toEqual([])
  const terms = { rfqId: 'f1', privateQuote: true }
  const weak = await scene.as('P2')(quote('P2', 'q0', 'SELL 5@100', { ...terms, tradeable: false }))
  expect(reasonOf(weak.reply)).toBe('NOT_SUPPORTED')
  await scene.as('P2')(quote('P2', 'q1', 'SELL 5@100', terms))
  expect(await messagesOf(scene, 'P1')).toMatchObject([
    { type: 'EiCreateQuote', partyId: 'MARKET', quote: { marketOrderId: 1, rfqId: 'f1', side: 'SELL' } },
  ])
  await scene.as('P1')({ type: 'EiRejectQuote', requestId: 'n', partyId: 'P1', referencedQuoteId: 1 })
  expect((await messagesOf(scene, 'P2')).at(-1)).toMatchObject({ type: 'EiRejectQuote', referencedQuoteId: 1 })
})

function quote(partyId: string, quoteId: string, text: string, changes: object = {}) {
  const {
    tender: { tenderId: _, ...terms },
  } = tender(partyId, quoteId, text)
  const head = { type: 'EiCreateQuote', requestId: `r-${quoteId}`, partyId, marketId: 'mkt-1' }
  return { ...head, quote: { quoteId, ...terms, ...changes } }
}

async function accept(
  scene: MarketScene,
  partyId: string,
  requestId: string,
  referencedQuoteId: number | string,
  quantity: number,
  price: number,
): Promise<Reply> {
  const asked = { type: 'EiAcceptQuote', requestId, partyId, referencedQuoteId, quantity, price }
  return (await scene.as(partyId)(asked)).reply
}

function reasonOf({ response }: Reply): string {
  return response.responseDescription
}
