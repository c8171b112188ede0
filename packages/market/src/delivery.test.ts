import { createServer, createLogger, type App, type Credentials } from '@gridloom/kit'
import { expect, it, onTestFinished, vi } from 'vitest'
import { certificateOf, messagesOf, openScene, tender, type MarketScene } from './testing/market-scene.ts'

type Told = Readonly<{ type: string; requestId?: string; transaction?: { marketTransactionId: string; side: string } }>

it('posts a trade to the callback of each party until it is acknowledged', async () => {
  await using scene = await openScene()
  const seller = await listen(certificateOf('P1'), 'P1')
  await registerAt(scene, 'P1', seller)
  await scene.register('P2')
  await trade(scene, 1)
  await vi.waitFor(
    () => expect(seller.told).toMatchObject([{ type: 'EiCreateTransaction', requestId: 'm-1-S' }]),
    patient,
  )
  await trade(scene, 2)
  await vi.waitFor(() => expect(seller.told).toHaveLength(2), patient)
  expect(seller.told[1]?.requestId).toBe('m-2-S')
})

it('repeats the same message to a party that does not acknowledge, and still tells it what comes after', async () => {
  await using scene = await openScene()
  const silent = await listen(certificateOf('P1'), 'P1')
  silent.answer = () => ({ status: 200, body: {} })
  await registerAt(scene, 'P1', silent)
  await scene.register('P2')
  await trade(scene, 1)
  await vi.waitFor(() => expect(silent.told.length).toBeGreaterThan(2), patient)
  await trade(scene, 2)
  await vi.waitFor(() => expect(silent.told.map(({ requestId }) => requestId)).toContain('m-2-S'), patient)
  const first = silent.told.filter(({ requestId }) => requestId === 'm-1-S')
  expect(new Set(first.map((message) => JSON.stringify(message))).size).toBe(1)
})

it('goes on behind a message that the callback refuses, and keeps it for the party and the operator', async () => {
  await using scene = await openScene()
  const picky = await listen(certificateOf('P1'), 'P1')
  const accept = picky.answer
  picky.answer = (message) => (message.type === 'EiCanceledTender' ? { status: 422, body: {} } : accept(message))
  await registerAt(scene, 'P1', picky)
  await scene.register('P2')
  await scene.as('P1')(tender('P1', 'a0', 'SELL 1@100', { executionInstructions: 'IOC' }))
  await trade(scene, 1)
  await vi.waitFor(() => expect(picky.told.map(({ requestId }) => requestId)).toContain('m-1-S'), patient)
  const refusals = [{ number: 1, partyId: 'P1', status: 422, message: { type: 'EiCanceledTender' } }]
  await vi.waitFor(async () => expect(await refusalsIn(scene)).toMatchObject(refusals), patient)
  expect(await waitingFor(scene)).toMatch(/refused_messages\S* 1/)
  await scene.restart()
  expect(await refusalsIn(scene)).toMatchObject(refusals)
  expect(picky.told.filter(({ type }) => type === 'EiCanceledTender')).toHaveLength(1)
  expect(await messagesOf(scene, 'P1')).toMatchObject([{ type: 'EiCanceledTender' }])
  expect(await messagesOf(scene, 'P1', 1)).toEqual([])
  expect(await refusalsIn(scene)).toEqual([])
})

it('comes again with a trade that was refused, until there is a receipt', async () => {
  await using scene = await openScene()
  const party = await listen(certificateOf('P1'), 'P1')
  const accept = party.answer
  party.answer = () => ({ status: 404, body: {} })
  await registerAt(scene, 'P1', party)
  await scene.register('P2')
  await trade(scene, 1)
  await vi.waitFor(async () => expect(await refusalsIn(scene)).toMatchObject([{ status: 404 }]), patient)
  party.answer = accept
  await vi.waitFor(async () => expect(await refusalsIn(scene)).toEqual([]), patient)
  expect(await messagesOf(scene, 'P1')).toEqual([])
})

it.each([408, 429, 500, 503])('waits with all that follows while a callback answers %i', async (status) => {
  await using scene = await openScene()
  const busy = await listen(certificateOf('P1'), 'P1')
  const accept = busy.answer
  busy.answer = () => ({ status, body: {} })
  await registerAt(scene, 'P1', busy)
  await scene.register('P2')
  for (const n of [1, 2]) await trade(scene, n)
  await vi.waitFor(() => expect(busy.told.length).toBeGreaterThan(1), patient)
  expect(new Set(busy.told.map(({ requestId }) => requestId))).toEqual(new Set(['m-1-S']))
  expect(await refusalsIn(scene)).toEqual([])
  busy.answer = accept
  await vi.waitFor(() => expect(busy.told.at(-1)?.requestId).toBe('m-2-S'), patient)
})

it('books once for a party that acknowledges twice', async () => {
  await using scene = await openScene()
  await scene.register('P1', 'P2')
  await trade(scene, 1)
  const receipt = receiptOf(
    { type: 'EiCreateTransaction', requestId: 'm-1-S', transaction: { marketTransactionId: 'mkt-1:1', side: 'SELL' } },
    'P1',
  )
  for (const _ of [1, 2]) expect((await scene.as('P1')(receipt)).reply.response.responseCode).toBe(200)
  const { body } = await scene.clientOf('operator').get('/ma/mkt-1/ledger')
  expect(JSON.parse(body.toString()).entries).toHaveLength(2)
  const unknown = await scene.as('P1')({ ...receipt, inResponseTo: 'm-9-S' })
  expect(unknown.reply.response.responseDescription).toBe('UNKNOWN_TRANSACTION')
})

it('delivers after a restart what it had not delivered before', async () => {
  await using scene = await openScene()
  const seller = await listen(certificateOf('P1'), 'P1')
  seller.answer = () => ({ status: 503, body: {} })
  await registerAt(scene, 'P1', seller)
  await scene.register('P2')
  await trade(scene, 1)
  await scene.restart()
  const before = seller.told.length
  seller.answer = (message) => ({ status: 200, body: receiptOf(message, 'P1') })
  await vi.waitFor(() => expect(seller.told.length).toBeGreaterThan(before), patient)
  await vi.waitFor(async () => expect(await waitingFor(scene)).toContain('outcome="acknowledged"'), patient)
})

it('tells nothing to a server that is not the party', async () => {
  await using scene = await openScene()
  const stranger = await listen(certificateOf('P9'), 'P1')
  await registerAt(scene, 'P1', stranger)
  await scene.register('P2')
  await trade(scene, 1)
  await vi.waitFor(async () => expect(await waitingFor(scene)).toMatch(/outcome="failed"[^\n]* [1-9]/), patient)
  expect(stranger.told).toEqual([])
})

it('tells the party when a tender ends by itself', async () => {
  await using scene = await openScene()
  const seller = await listen(certificateOf('P1'), 'P1')
  await registerAt(scene, 'P1', seller)
  await scene.as('P1')(tender('P1', 'a1', 'SELL 5@100', { expirationTime: '2027-01-04T10:31:00Z' }))
  await scene.clock.advance(120)
  await vi.waitFor(() => expect(seller.told).toHaveLength(1), patient)
  const cancelReason = { cancelReason: 'SUPERVISORY', cancelDetail: 'EXPIRED' }
  expect(seller.told).toMatchObject([
    {
      type: 'EiCanceledTender',
      partyId: 'P1',
      canceled: [{ tenderId: 'a1', marketOrderId: 1, remainingQuantity: 5, ...cancelReason }],
    },
  ])
})

const patient = { timeout: 20_000, interval: 20 }

type Callback = { url: string; told: Told[]; answer: (message: Told) => { status: number; body: object } }

/** The server of a party: it acknowledges what it is told, or does what a test says. */
async function listen(certs: Credentials, partyId: string): Promise<Callback> {
  const app: App = createServer({ name: 'party', certs, log: createLogger('party', 'silent') })
  const callback: Callback = {
    url: '',
    told: [],
    answer: (message) => ({ status: 200, body: receiptOf(message, partyId) }),
  }
  app.post<{ Body: Told }>('/told', async ({ body }, reply) => {
    callback.told.push(body)
    const answer = callback.answer(body)
    return reply.code(answer.status).send(answer.body)
  })
  callback.url = `${await app.listen({ host: 'localhost', port: 0 })}/told`
  onTestFinished(() => app.close())
  return callback
}

function receiptOf({ requestId = '', transaction }: Told, partyId: string) {
  const marketTransactionId = transaction?.marketTransactionId ?? ''
  const ids = { marketTransactionId, recipientTransactionId: `${partyId}:1` }
  return { type: 'EiCreatedTransaction', inResponseTo: requestId, partyId, counterPartyId: 'MARKET', ...ids }
}

async function registerAt(scene: MarketScene, partyId: string, { url }: Callback): Promise<void> {
  await scene.as(partyId)({ type: 'EiRegisterParty', requestId: 'reg', partyId, callback: url })
}

async function trade(scene: MarketScene, n: number): Promise<void> {
  await scene.as('P1')(tender('P1', `a${n}`, 'SELL 1@100'))
  await scene.as('P2')(tender('P2', `b${n}`, 'BUY 1@100'))
}

async function refusalsIn(scene: MarketScene): Promise<unknown> {
  const { body } = await scene.clientOf('operator').get('/ma/mkt-1/refusals')
  return JSON.parse(body.toString()).refusals
}

async function waitingFor(scene: MarketScene): Promise<string> {
  return (await scene.clientOf('operator').get('/metrics')).body.toString()
}
