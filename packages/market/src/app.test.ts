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
