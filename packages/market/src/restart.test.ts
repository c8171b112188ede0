import { expect, it } from 'vitest'
import { openMarketStores } from './store/market-store.ts'
import { messagesOf, openScene, type MarketScene, tender } from './testing/market-scene.ts'

it('goes on where it was: book, positions, requests, messages', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 5@100'))
  const first = await scene.as('P2')(tender('P2', 'b1', 'BUY 2@101'))
  await scene.as('P2')(tender('P2', 'b2', 'BUY 4@90'))
  const before = await portrait(scene)
  await scene.restart()
  expect(await portrait(scene)).toEqual(before)
  await scene.clock.advance(60)
  expect((await scene.as('P2')(tender('P2', 'b1', 'BUY 2@101'))).reply).toEqual(first.reply)
  expect((await scene.as('P2')(tender('P2', 'b1', 'BUY 3@101'))).reply.response.responseDescription).toBe(
    'DUPLICATE_REQUEST_ID',
  )
  const other = { ...tender('P2', 'b1', 'BUY 1@90'), requestId: 'another' }
  expect((await scene.as('P2')(other)).reply.response.responseDescription).toBe('DUPLICATE_TENDER_ID')
  const cancel = {
    type: 'EiCancelTender',
    requestId: 'c1',
    partyId: 'P2',
    counterPartyId: 'MARKET',
    marketId: 'mkt-1',
    tenderId: 'b2',
  }
  expect((await scene.as('P2')(cancel)).reply.canceled).toMatchObject([
    { tenderId: 'b2', marketOrderId: 3, remainingQuantity: 4 },
  ])
  expect(await messagesOf(scene, 'P1')).toHaveLength(1)
})

it('comes back by its journal as well as by a snapshot', async () => {
  await using scene = await openScene({ snapshotEvery: 3 })
  await scene.register('P1', 'P2')
  for (const n of [1, 2, 3, 4, 5]) {
    await scene.as('P1')(tender('P1', `a${n}`, `SELL 5@${100 + n}`))
    await scene.as('P2')(tender('P2', `b${n}`, `BUY 2@${101 + n}`))
    const before = await portrait(scene)
    await scene.restart()
    expect(await portrait(scene)).toEqual(before)
  }
})

it('finds requests and tenders as well where they were put in their places', async () => {
  await using scene = await openScene()
  await scene.register('P1')
  const first = await scene.as('P1')(tender('P1', 'a1', 'SELL 5@100'))
  {
    await using stores = openMarketStores(scene.config.store)
    await stores.of('mkt-1').place(2)
  }
  const second = await scene.as('P1')(tender('P1', 'a2', 'SELL 5@100'))
  await scene.restart()
  expect((await scene.as('P1')(tender('P1', 'a1', 'SELL 5@100'))).reply).toEqual(first.reply)
  expect((await scene.as('P1')(tender('P1', 'a2', 'SELL 5@100'))).reply).toEqual(second.reply)
  const other = { ...tender('P1', 'a1', 'SELL 5@100'), requestId: 'another' }
  expect((await scene.as('P1')(other)).reply.response.responseDescription).toBe('DUPLICATE_TENDER_ID')
})

it('does not let its clock go back', async () => {
  await using scene = await openScene()
  await scene.register('P1')
  await scene.clock.advance(3600)
  await scene.as('P1')(tender('P1', 'a1', 'SELL 5@100'))
  await scene.clock.advance(-3000)
  const { reply } = await scene.as('P1')(tender('P1', 'a2', 'SELL 5@100', { expirationTime: '2027-01-04T11:20:00Z' }))
  expect(reply.response).toMatchObject({
    responseDescription: 'TENDER_EXPIRED',
    createdDateTime: '2027-01-04T11:30:00Z',
  })
})

it('does not start under other reference data than it began with', async () => {
  await using scene = await openScene()
  const [only] = scene.config.markets
  if (!only) throw new Error('no market')
  Object.assign(only.reference, { tickSize: 5 })
  await expect(scene.restart()).rejects.toThrow('began with other reference data: tickSize')
  Object.assign(only.reference, { tickSize: 1 })
  await scene.restart()
})

async function portrait(scene: MarketScene): Promise<unknown> {
  const paths = ['book', 'prices', 'positions', 'ledger', 'trace']
  const pages = paths.map(async (path) => (await scene.clientOf('operator').get(`/ma/mkt-1/${path}`)).body.toString())
  return { pages: await Promise.all(pages), P1: await messagesOf(scene, 'P1'), P2: await messagesOf(scene, 'P2') }
}
