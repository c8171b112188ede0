import { expect, it } from 'vitest'
import { certificateOf, openScene, tender } from './testing/market-scene.ts'

it('refuses who speaks for another party before it looks at anything else', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  const forged = { ...tender('P1', 'a1', 'SELL 1@1'), marketId: 'none', tender: 'no tender at all' }
  const { status, reply } = await scene.as('P2')(forged)
  expect([status, reply.type, reply.response.responseDescription]).toEqual([403, 'EiCreatedTender', 'NOT_AUTHORIZED'])
  const taken = await scene.as('P2')({ type: 'EiRegisterParty', requestId: 'r', partyId: 'P1' })
  expect([taken.status, taken.reply.response.responseCode]).toEqual([403, 403])
})

it('gives a certificate one party, and the same party once', async () => {
  await using scene = await openScene()
  await scene.register('P1')
  const again = await scene.as('P1')({ type: 'EiRegisterParty', requestId: 'r2', partyId: 'P1' })
  expect([again.status, again.reply.response.responseDescription]).toEqual([200, 'DUPLICATE_PARTY'])
  expect((await scene.as('P1')({ type: 'EiRegisterParty', requestId: 'r3', partyId: 'P7' })).status).toBe(403)
})

it('does not know a party that nobody registered', async () => {
  await using scene = await openScene()
  const { status, reply } = await scene.as('P1')(tender('P1', 'a1', 'SELL 1@1'))
  expect([status, reply.response.responseCode]).toEqual([200, 401])
})

it('keeps the position of a party that left for its certificate alone', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 5@100'))
  await scene.as('P2')(tender('P2', 'b1', 'BUY 2@100'))
  const left = await scene.as('P1')({ type: 'EiCancelRegistration', requestId: 'leave', partyId: 'P1' })
  expect(left.reply.response.responseCode).toBe(200)
  expect((await scene.as('P1')(tender('P1', 'a2', 'SELL 5@100'))).reply.response.responseCode).toBe(401)
  expect((await scene.as('P3')({ type: 'EiRegisterParty', requestId: 'r', partyId: 'P1' })).status).toBe(403)
  await scene.register('P1')
  const { body } = await scene.clientOf('P1').get('/ma/mkt-1/positions')
  expect(JSON.parse(body.toString()).positions).toEqual([
    { partyId: 'P1', dtStart: '2027-01-04T12:00:00Z', quantity: -2 },
  ])
})

it('takes only listed certificates where parties are listed', async () => {
  const listed = [{ lfdi: certificateOf('P1').lfdi, partyId: 'P1' }]
  await using scene = await openScene({ parties: { admission: 'listed', listed } })
  expect((await scene.as('P1')({ type: 'EiRegisterParty', requestId: 'r', partyId: 'P2' })).status).toBe(403)
  expect((await scene.as('P1')({ type: 'EiRegisterParty', requestId: 'r', partyId: 'P1' })).status).toBe(200)
  expect((await scene.as('P2')({ type: 'EiRegisterParty', requestId: 'r', partyId: 'P2' })).status).toBe(403)
})

it('answers 400 to what is no message, and 404 where there is no market', async () => {
  await using scene = await openScene()
  const client = scene.clientOf('P1')
  for (const text of ['', '{', '[]', '"EiCreateTender"', '{"type":"EiNothing"}', 'null']) {
    const { status, body } = await client.post('/ma/mkt-1', text)
    expect([text, status, JSON.parse(body.toString()).response?.responseCode]).toEqual([text, 400, 400])
  }
  expect((await client.post('/ma/other', '{"type":"EiCreateTender"}')).status).toBe(404)
})

it('shows a party its own records and an operator all', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await scene.as('P1')(tender('P1', 'a1', 'SELL 5@100'))
  await scene.as('P2')(tender('P2', 'b1', 'BUY 2@100'))
  const partiesIn = async (who: string): Promise<unknown> => {
    const { body } = await scene.clientOf(who).get('/ma/mkt-1/ledger')
    return JSON.parse(body.toString()).entries?.map(({ partyId }: { partyId: string }) => partyId)
  }
  expect([await partiesIn('P1'), await partiesIn('operator'), await partiesIn('P9')]).toEqual([
    ['P1'],
    ['P2', 'P1'],
    undefined,
  ])
  expect((await scene.clientOf('P1').get('/ma/mkt-1/trace')).status).toBe(403)
})
