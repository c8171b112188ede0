import { expect, it } from 'vitest'
import { messagesOf, openScene, tender } from './testing/market-scene.ts'

const auction = { mechanism: 'PERIODIC_DOUBLE_AUCTION', carryOver: false } as const

it('clears an instrument shortly before its gate, at one price, and ends the rest', async () => {
  await using scene = await openScene({ reference: auction, market: { clearing: { beforeGateSeconds: 60 } } })
  await scene.register('P1', 'P2', 'P3')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 10@100'))
  await scene.as('P2')(tender('P2', 'b1', 'BUY 6@200'))
  await scene.as('P3')(tender('P3', 'b2', 'BUY 4@90'))
  await scene.clock.advance(3600)
  expect(await messagesOf(scene, 'P2')).toEqual([])
  await scene.clock.advance(3600)
  const trade = {
    marketTransactionId: 'mkt-1:1.1',
    match: 1,
    price: 100,
    quantity: 6,
    executedAt: '2027-01-04T11:54:00Z',
  }
  expect(await messagesOf(scene, 'P2')).toMatchObject([
    { requestId: 'm-1.1-B', counterPartyId: 'MARKET', transaction: { ...trade, side: 'BUY' } },
  ])
  expect(await messagesOf(scene, 'P1')).toMatchObject([
    { transaction: { side: 'SELL', quantity: 6 } },
    { type: 'EiCanceledTender', canceled: [{ remainingQuantity: 4, cancelDetail: 'NOT_CARRIED' }] },
  ])
  expect(await messagesOf(scene, 'P3')).toMatchObject([{ canceled: [{ cancelDetail: 'NOT_CARRIED' }] }])
})

it('clears at its own instant however late the clock comes, and in even steps before', async () => {
  const clearing = { beforeGateSeconds: 60, everySeconds: 1800 }
  await using scene = await openScene({
    reference: { ...auction, carryOver: true },
    market: { clearing },
    tickSeconds: 86_400,
  })
  await scene.register('P1', 'P2')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 10@100'))
  await scene.as('P2')(tender('P2', 'b1', 'BUY 6@100'))
  await scene.clock.advance(7200)
  await scene.as('P2')({ type: 'EiRequestPosition', requestId: 'p' })
  expect(await messagesOf(scene, 'P2')).toMatchObject([{ transaction: { executedAt: '2027-01-04T10:54:00Z' } }])
  // what was carried over ended at the gate, after the clearing of 11:54
  expect((await messagesOf(scene, 'P1')).at(-1)).toMatchObject({ canceled: [{ cancelDetail: 'GATE_CLOSED' }] })
})
