import { MarketFact } from '@gridloom/contracts'
import { createLogger, createServer } from '@gridloom/kit'
import { expect, it, onTestFinished, vi } from 'vitest'
import { certificateOf, openScene, server, tender, type MarketScene } from '../testing/market-scene.ts'
import { noon } from '../domain/testing.ts'

const [P1, P2] = ['P1', 'P2'].map((partyId) => certificateOf(partyId).lfdi)
const fact = { market: server.lfdi, subject: P1, tender: `mkt-1 ${noon}` }
const sale = [
  { ...fact, kind: 'bid', watts: 20_000 },
  { ...fact, kind: 'award', watts: 20_000 },
]
const delivery = { ...fact, kind: 'delivery', awardedWattHours: 5000, start: noon, seconds: 900 }

it('tells the trust module what a party offers, sells and delivers, and nothing of who buys', async () => {
  const { facts, url } = await trustModule()
  await using scene = await openScene({ dtm: { url } })
  await sell(scene)
  await passing(scene, () => expect(facts).toEqual(sale))
  await scene.clock.advance(noon + 900 - scene.clock.now())
  await report(scene, 'P1', -3)
  await passing(scene, () => expect(facts).toEqual([...sale, { ...delivery, wattHours: 3000 }]))
  expect(facts.some(({ subject }) => subject === P2)).toBe(false)
})

it('takes for not delivered what nobody has metered in good time', async () => {
  const { facts, url } = await trustModule()
  await using scene = await openScene({ dtm: { url, meterSeconds: 600 } })
  await sell(scene)
  await scene.clock.advance(noon + 1490 - scene.clock.now())
  await vi.waitFor(() => expect(facts).toEqual(sale), patient)
  await scene.clock.advance(10)
  await passing(scene, () => expect(facts).toContainEqual({ ...delivery, wattHours: 0 }))
})

it('tells it again until it is heard, and once more after a restart', async () => {
  const { facts, url, answer } = await trustModule()
  answer(503)
  await using scene = await openScene({ dtm: { url } })
  await sell(scene)
  await passing(scene, () => expect(facts.length).toBeGreaterThan(2))
  expect(facts).toEqual(expect.arrayContaining(sale))
  answer(202)
  facts.splice(0)
  await passing(scene, () => expect(facts).toEqual(expect.arrayContaining(sale)))
  facts.splice(0)
  await scene.restart()
  await vi.waitFor(() => expect(facts).toEqual(sale), patient)
})

const patient = { timeout: 20_000, interval: 20 }

/** Resolves when it is so, while time passes. */
async function passing(scene: MarketScene, isSo: () => void): Promise<void> {
  await vi.waitFor(async () => {
    await scene.clock.advance(1)
    isSo()
  }, patient)
}

async function sell(scene: MarketScene): Promise<void> {
  await scene.register('P1', 'P2')
  await scene.as('P1')(tender('P1', 'a', 'SELL 5@100'))
  await scene.as('P2')(tender('P2', 'b', 'BUY 5@100'))
}

async function report(scene: MarketScene, partyId: string, quantity: number): Promise<void> {
  const delivered = {
    streamStart: new Date(noon * 1000).toISOString().replace('.000', ''),
    intervalDuration: 'PT15M',
    intervals: [{ streamUid: 0, quantity }],
  }
  const head = { type: 'EiReportDelivery', requestId: 'd', partyId, marketId: 'mkt-1', measurementPointId: 'm1' }
  expect((await scene.as(partyId)({ ...head, delivered })).reply.response.responseCode).toBe(200)
}

/** A trust module that notes what it is told, and answers as a test wants it to. */
async function trustModule() {
  const facts: MarketFact[] = []
  let status = 202
  const app = createServer({ name: 'dtm', certs: server, log: createLogger('dtm', 'silent') })
  app.get('/dtm/subjects', () => [])
  app.post('/dtm/market-facts', async ({ body }, reply) => {
    facts.push(...MarketFact.array().parse(body))
    return reply.code(status).send({})
  })
  onTestFinished(() => app.close())
  const url = await app.listen({ host: 'localhost', port: 0 })
  return { facts, url, answer: (next: number) => void (status = next) }
}
