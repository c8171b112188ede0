import { expect, it } from 'vitest'
import { messagesOf, openScene, tender } from './testing/market-scene.ts'

it('trades between two certificates, and tells each of them its side', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 10@120'))
  const { status, reply } = await scene.as('P2')(tender('P2', 'b1', 'BUY 4@125'))
  expect(status).toBe(200)
  expect(reply).toMatchObject({
    type: 'EiCreatedTender',
    inResponseTo: 'r-b1',
    partyId: 'P2',
    counterPartyId: 'MARKET',
    tenderId: 'b1',
    marketOrders: [{ tenderId: 'b1', marketOrderId: 2 }],
    response: { responseCode: 200, responseDescription: 'OK', createdDateTime: '2027-01-04T10:30:00Z' },
  })
  const transaction = {
    marketTransactionId: 'mkt-1:1',
    match: 1,
    price: 120,
    quantity: 4,
    resourceDesignator: 'ENERGY',
  }
  const head = { type: 'EiCreateTransaction', counterPartyId: 'P2', requestId: 'm-1-S' }
  expect(await messagesOf(scene, 'P1')).toMatchObject([
    { ...head, partyId: 'P1', transaction: { ...transaction, tenderId: 'a1', side: 'SELL' } },
  ])
  expect(await messagesOf(scene, 'P2')).toMatchObject([
    { requestId: 'm-1-B', partyId: 'P2', counterPartyId: 'P1', transaction: { ...transaction, side: 'BUY' } },
  ])
})

it('describes every message that it takes, and nothing that it does not have', async () => {
  await using scene = await openScene()
  const { body } = await scene.clientOf('P1').get('/openapi.json')
  const text = body.toString()
  const { components } = JSON.parse(text) as { components: { schemas: Record<string, object> } }
  const named = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name))
  expect([...named].filter((name) => Object.keys(components.schemas[name ?? ''] ?? {}).length === 0)).toEqual([])
  expect(named).toContain('EiCreateTender')
  expect(named).toContain('EiCreatedTender')
})

it('refuses a message that is nested without end, and goes on', async () => {
  await using scene = await openScene()
  await scene.register('P1')
  const nested = (levels: number): string =>
    JSON.stringify({ ...tender('P1', 'a1', 'SELL 1@120'), odd: 0 }).replace(
      '"odd":0',
      `"odd":${'['.repeat(levels)}${']'.repeat(levels)}`,
    )
  const post = (body: string) => scene.clientOf('P1').post('/ma/mkt-1', body)
  for (const _ of [1, 2]) expect((await post(nested(100_000))).status).toBe(400)
  for (const _ of [1, 2]) expect((await post(nested(30))).body.toString()).toContain('"responseDescription":"OK"')
})

it('lists its markets and their rules', async () => {
  await using scene = await openScene()
  const read = async (path: string): Promise<unknown> =>
    JSON.parse((await scene.clientOf('P1').get(path)).body.toString())
  expect(await read('/ma')).toEqual({
    markets: [{ marketId: 'mkt-1', mechanism: 'CONTINUOUS_ORDER_BOOK', reference: '/ma/mkt-1/reference' }],
  })
  expect(await read('/ma/mkt-1/reference')).toMatchObject({ gridStart: '2027-01-04T00:00:00Z', intervalSeconds: 900 })
})

it('wakes a party that waits for its messages', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 10@120'))
  const waiting = scene.clientOf('P1').get('/ma/mkt-1/messages?waitSeconds=30')
  await scene.as('P2')(tender('P2', 'b1', 'BUY 4@125'))
  const { messages, next } = JSON.parse((await waiting).body.toString()) as { messages: object[]; next: number }
  expect([messages.length, next]).toEqual([1, 1])
})

it('adds a network fee to the price of who pays one', async () => {
  await using scene = await openScene({ market: { priceAdjustment: { P1: { SELL: 7 } } } })
  await scene.register('P1')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 10@120'))
  const { body } = await scene.clientOf('P1').get('/ma/mkt-1/book')
  expect(JSON.parse(body.toString()).instruments).toMatchObject([{ asks: [{ price: 127, quantity: 10 }] }])
})
