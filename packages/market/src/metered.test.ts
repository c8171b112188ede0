import { expect, it } from 'vitest'
import { openScene } from './testing/market-scene.ts'

const boundingInterval = { dtStart: '2027-01-04T10:00:00Z', duration: 'PT1H' }
const quantities = [5, -3].map((quantity, streamUid) => ({ streamUid, quantity }))
const delivered = { streamStart: '2027-01-04T10:15:00Z', intervalDuration: 'PT15M', intervals: quantities }

it('tells what flowed to the party, and to nobody else but an operator', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  const report = {
    type: 'EiReportDelivery',
    requestId: 'd',
    partyId: 'P1',
    marketId: 'mkt-1',
    measurementPointId: 'm1',
    delivered,
  }
  expect((await scene.as('P1')(report)).reply.response.responseCode).toBe(200)
  const request = { type: 'EiRequestDelivery', requestId: 'e', measurementPointId: 'm1', boundingInterval }
  expect((await scene.as('P1')({ ...request, partyId: 'P1' })).reply).toMatchObject({
    type: 'EiReplyDelivery',
    delivered: [
      { streamUid: 1, quantity: 5 },
      { streamUid: 2, quantity: -3 },
    ],
  })
  expect((await scene.as('P2')({ ...request, partyId: 'P2' })).reply.response.responseCode).toBe(403)
  expect((await scene.as('operator')({ ...request, partyId: 'P1' })).reply.delivered).toHaveLength(2)
  const none = await scene.as('P1')({ ...request, partyId: 'P1', measurementPointId: 'm2' })
  expect(none.reply.response.responseDescription).toBe('UNKNOWN_MEASUREMENT_POINT')
})

it('takes meters from an operator, corrects them, and keeps each point for its party', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  const report = { type: 'EiReportDelivery', marketId: 'mkt-1', measurementPointId: 'm1', delivered }
  await scene.as('operator')({ ...report, requestId: 'd1', partyId: 'P1' })
  expect((await scene.as('P2')({ ...report, requestId: 'd2', partyId: 'P2' })).reply.response.responseCode).toBe(403)
  const corrected = { ...delivered, intervals: [{ streamUid: 0, quantity: 7 }] }
  await scene.as('operator')({ ...report, requestId: 'd3', partyId: 'P1', delivered: corrected })
  await scene.restart()
  const request = {
    type: 'EiRequestDelivery',
    requestId: 'e',
    partyId: 'P1',
    measurementPointId: 'm1',
    boundingInterval,
  }
  expect((await scene.as('P1')(request)).reply.delivered).toMatchObject([{ quantity: 7 }, { quantity: -3 }])
})
