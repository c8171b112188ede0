import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { newFolder, openScene, tender, type MarketScene } from '../testing/market-scene.ts'

const adapter = { partyId: 'WHOLESALE', quantity: 50, spread: 10, priceDecades: 3, readSeconds: 60 }
const first = 'time,price\n2027-01-04T12:00:00Z,0.120\n2027-01-04T13:00:00Z,0.200\n'

it('makes the prices of a file tenders around them, and moves those that have changed', async () => {
  const feed = join(newFolder(onTestFinished), 'prices.csv')
  writeFileSync(feed, first)
  await using scene = await openScene({ market: { dayAhead: [{ ...adapter, feed }] } })
  await vi.waitFor(
    async () =>
      expect(await noonOf(scene)).toEqual([
        [130, 50],
        [110, 50],
      ]),
    patient,
  )
  await scene.register('P1')
  await scene.as('P1')(tender('P1', 'b1', 'BUY 20@150'))
  expect(await noonOf(scene)).toEqual([
    [130, 30],
    [110, 50],
  ])

  writeFileSync(feed, first.replace('0.120', '0.140'))
  // it has sold 20 of its 50, and may buy those back
  await vi.waitFor(async () => {
    await scene.clock.advance(60)
    expect(await noonOf(scene)).toEqual([
      [150, 30],
      [130, 50],
    ])
  }, patient)
})

it('leaves no message of its trades waiting', async () => {
  const feed = join(newFolder(onTestFinished), 'prices.csv')
  writeFileSync(feed, first)
  await using scene = await openScene({ market: { dayAhead: [{ ...adapter, feed }] } })
  await vi.waitFor(async () => expect(await noonOf(scene)).toHaveLength(2), patient)
  await scene.register('P1')
  await scene.as('P1')(tender('P1', 'b1', 'BUY 20@150'))
  expect(await waitingOf(scene)).toBe(2)
  await vi.waitFor(async () => {
    await scene.clock.advance(60)
    expect(await waitingOf(scene)).toBe(1)
  }, patient)
})

it('reads JSON over HTTP, and leaves its tenders while the feed is away', async () => {
  let status = 200
  const server = createServer((_request, response) => {
    response.writeHead(status).end(JSON.stringify([{ start: '2027-01-04T12:00:00Z', price: 0.1 }]))
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const feed = `http://localhost:${typeof address === 'object' ? address?.port : 0}/prices`
  await using scene = await openScene({ market: { dayAhead: [{ ...adapter, feed }] } })
  await vi.waitFor(
    async () =>
      expect(await noonOf(scene)).toEqual([
        [110, 50],
        [90, 50],
      ]),
    patient,
  )
  status = 500
  await scene.clock.advance(600)
  expect(await noonOf(scene)).toEqual([
    [110, 50],
    [90, 50],
  ])
})

it('goes on with its own tenders after a restart', async () => {
  const feed = join(newFolder(onTestFinished), 'prices.csv')
  writeFileSync(feed, first)
  await using scene = await openScene({ market: { dayAhead: [{ ...adapter, feed }] } })
  await vi.waitFor(async () => expect(await noonOf(scene)).toHaveLength(2), patient)
  await scene.restart()
  await scene.clock.advance(120)
  expect(await noonOf(scene)).toEqual([
    [130, 50],
    [110, 50],
  ])
})

const patient = { timeout: 20_000, interval: 20 }

/** Offers, then bids, at noon. */
async function noonOf(scene: MarketScene): Promise<readonly (readonly number[])[]> {
  type Level = Readonly<{ price: number; quantity: number }>
  type Instrument = Readonly<{ dtStart: string; asks: readonly Level[]; bids: readonly Level[] }>
  const { body } = await scene.clientOf('operator').get('/ma/mkt-1/book')
  const { instruments } = JSON.parse(body.toString()) as Readonly<{ instruments: readonly Instrument[] }>
  const noon = instruments.find(({ dtStart }) => dtStart === '2027-01-04T12:00:00Z')
  return [...(noon?.asks ?? []), ...(noon?.bids ?? [])].map(({ price, quantity }) => [price, quantity])
}

async function waitingOf(scene: MarketScene): Promise<number> {
  const { body } = await scene.clientOf('operator').get('/metrics')
  return Number(/^gridloom_market_waiting_messages.* (\d+)$/m.exec(body.toString())?.[1])
}
