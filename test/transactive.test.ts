import type { FleetDevice } from '@gridloom/contracts'
import { createClient } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { smallGrid, type SmallGrid } from './fixtures/small-grid.ts'
import { tradingGrid, type TradingGrid } from './fixtures/trading-grid.ts'

// from a need to what the meter says: intervals are minutes, the gate closes ten seconds before each
const battery = { kind: 'battery', maxW: 5000, soc: 0.6, gradient: 0 } as const
const seller = { partyId: 'battery', dcm: { device: 'battery' } }
const buyer = { partyId: 'house' }

it('turns a need into a tender, a trade, a set point, a change of power, and a delivery', async () => {
  await using grid = await smallGrid({ devices: { battery } })
  const fleet = await grid.startFleet()
  await using trading = await tradingGrid(grid, fleet, [seller, buyer])
  await reached(grid, trading)
  const start = trading.nextInterval(80)
  await trading.need('battery', { start, energyWh: -30, limitPrice: 80 })
  await trading.need('house', { start, energyWh: 30, limitPrice: 120 })

  await grid.until(async () => (await trading.state('house')).transactions > 0)
  expect(await trading.schedule('house', start)).toMatchObject({ intervals: [{ positionWh: 30, state: 'open' }] })
  await grid.until(() => grid.clock.now() >= start + 5)
  // 30 Wh in a minute are 1800 W
  await grid.until(() =>
    grid.events.some(
      (event) => event.event === 'device' && event.source === 'market' && Math.abs(event.watts - 1800) < 5,
    ),
  )
  const [delivered] = await grid.until(async () => {
    const { intervals } = await trading.schedule('battery', start)
    return intervals[0]?.deliveredWh !== undefined && intervals
  })
  expect(delivered).toMatchObject({ state: 'over', positionWh: -30, watts: 1800, order: expect.any(String) })
  expect(Math.abs(delivered?.imbalanceWh ?? Infinity)).toBeLessThanOrEqual(2)
  expect(Number((await trading.state('battery')).cash)).toBeGreaterThanOrEqual(30 * 80)
})

it('charges a battery when energy is cheap, discharges it when it is dear, and lets a heater draw what it bought', async () => {
  await using grid = await smallGrid({ devices: { battery, heater: { kind: 'water-heater', maxW: 3000 } } })
  const fleet = await grid.startFleet()
  const storage = { partyId: 'battery', strategy: { kind: 'storage' }, dcm: { device: 'battery' } } as const
  const load = { kind: 'flexible-load', powerW: 3000, energyWh: 50, windowSeconds: 120, worth: 300 } as const
  const heater = { partyId: 'heater', strategy: load, dcm: { device: 'heater' } } as const
  await using trading = await tradingGrid(grid, fleet, [storage, heater], { wholesale: [60, 200] })
  const seen = (name: string, holds: (device: FleetDevice) => boolean): boolean =>
    grid.events.some((one) => one.event === 'device' && one.name === name && one.source === 'market' && holds(one))
  await grid.until(() => seen('battery', ({ watts }) => watts < -1000))
  await grid.until(() => seen('battery', ({ watts }) => watts > 1000))
  await grid.until(() => seen('heater', ({ setpoint }) => Number(setpoint['opModLoadLimW']) > 0))
  await grid.until(() => seen('heater', ({ setpoint }) => setpoint['opModLoadLimW'] === 0))
  expect(BigInt((await trading.state('battery')).cash)).not.toBe(0n)
})

it('plans anew when a need changes, and sells back what is bought too much', async () => {
  await using grid = await smallGrid({ devices: {} })
  await using trading = await tradingGrid(grid, undefined, [{ partyId: 'shop' }, buyer])
  await reached(grid, trading, ['shop', 'house'])
  const start = trading.nextInterval(240)
  await trading.need('house', { start, energyWh: 12, limitPrice: 100 })
  await trading.need('shop', { start, energyWh: -8, limitPrice: 90 })
  await grid.until(async () => positionOf(trading, 'house', start, 8))
  await trading.need('shop', { start, energyWh: 0 })
  await trading.need('house', { start, energyWh: 6, limitPrice: 100 })
  await grid.until(async () => positionOf(trading, 'house', start, 6))
  const { openTenders } = await trading.state('house')
  expect(openTenders.filter((tender) => tender.start === start)).toEqual([])
})

it('knows after a restart what it tendered, and hears what was traded while it was away', async () => {
  await using grid = await smallGrid({ devices: {} })
  await using trading = await tradingGrid(grid, undefined, [buyer])
  await using other = await tradingGridBeside(grid, trading)
  await reached(grid, trading, ['house'])
  const start = trading.nextInterval(240)
  await trading.need('house', { start, energyWh: 10, limitPrice: 100 })
  await grid.until(async () => (await trading.state('house')).openTenders.some(({ state }) => state === 'open'))
  await trading.stopAgents()
  await other.sell(start, 10, 95)
  await trading.startAgents()
  await grid.until(async () => positionOf(trading, 'house', start, 10))
  expect((await trading.state('house')).transactions).toBe(1)
})

it('goes on where it was when the market was away', async () => {
  await using grid = await smallGrid({ devices: {} })
  await using trading = await tradingGrid(grid, undefined, [{ partyId: 'shop' }, buyer])
  await reached(grid, trading, ['shop', 'house'])
  await trading.stopMarket()
  const start = trading.nextInterval(240)
  await trading.need('house', { start, energyWh: 5, limitPrice: 100 })
  await trading.need('shop', { start, energyWh: -5, limitPrice: 100 })
  await grid.until(async () => (await trading.state('house')).market === 'away')
  await trading.startMarket()
  await grid.until(async () => positionOf(trading, 'house', start, 5))
  await grid.until(async () => positionOf(trading, 'shop', start, -5))
})

it('asks for its messages where the market cannot reach it', async () => {
  await using grid = await smallGrid({ devices: {} })
  await using trading = await tradingGrid(grid, undefined, [{ partyId: 'shop' }, buyer], { callback: false })
  await reached(grid, trading, ['shop', 'house'])
  const start = trading.nextInterval(240)
  await trading.need('house', { start, energyWh: 7, limitPrice: 100 })
  await trading.need('shop', { start, energyWh: -7, limitPrice: 100 })
  await grid.until(async () => positionOf(trading, 'house', start, 7))
  await grid.until(async () => positionOf(trading, 'shop', start, -7))
})

it('books a trade once that it is told twice, with the same receipt, and hears nobody but its market', async () => {
  await using grid = await smallGrid({ devices: {} })
  await using trading = await tradingGrid(grid, undefined, [buyer])
  const message = JSON.stringify(told(trading.nextInterval(240)))
  const post = async (certs: TradingGrid['marketCredentials']) => {
    await using client = createClient({ origin: trading.url(), certs, mediaType: 'application/json' })
    const { status, body } = await client.post('/callback/house', message)
    return { status, reply: JSON.parse(body.toString()) as Record<string, unknown> }
  }
  const first = await post(trading.marketCredentials)
  const again = await post(trading.marketCredentials)
  expect(first.reply).toMatchObject({ type: 'EiCreatedTransaction', recipientTransactionId: 'house:1' })
  expect(again.reply['recipientTransactionId']).toBe('house:1')
  expect((await trading.state('house')).transactions).toBe(1)
  expect((await post(grid.operator)).status).toBe(403)
})

async function reached(grid: SmallGrid, trading: TradingGrid, parties = ['battery', 'house']): Promise<void> {
  for (const party of parties) await grid.until(async () => (await trading.state(party)).market === 'up')
}

async function positionOf(trading: TradingGrid, partyId: string, start: number, wanted: number): Promise<boolean> {
  const { intervals } = await trading.schedule(partyId, start)
  return intervals[0]?.positionWh === wanted
}

/** Another party of the same market, that speaks for itself. */
async function tradingGridBeside(grid: SmallGrid, trading: TradingGrid) {
  const client = createClient({ origin: trading.marketUrl(), certs: grid.operator, mediaType: 'application/json' })
  const say = async (message: object): Promise<void> => {
    const head = { partyId: 'stranger', counterPartyId: 'MARKET', marketId: 'street' }
    const { body } = await client.post('/ma/street', JSON.stringify({ ...head, ...message }))
    expect(JSON.parse(body.toString())).toMatchObject({ response: { responseDescription: 'OK' } })
  }
  await say({ type: 'EiRegisterParty', requestId: 'r1' })
  return {
    async sell(start: number, quantity: number, price: number): Promise<void> {
      const interval = { dtStart: instantOf(start), duration: 'PT60S' }
      const tenderDetail = { kind: 'INTERVAL', interval, price, quantity }
      await say({ type: 'EiCreateTender', requestId: 'r2', tender: { tenderId: 's1', side: 'SELL', tenderDetail } })
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

function told(start: number) {
  const interval = { dtStart: instantOf(start), duration: 'PT60S' }
  const trade = {
    marketTransactionId: 'street:1',
    match: 1,
    tenderId: 'a',
    side: 'BUY',
    interval,
    price: 100,
    quantity: 3,
  }
  const head = { type: 'EiCreateTransaction', requestId: 'm-1-B', partyId: 'house', counterPartyId: 'shop' }
  return { ...head, transaction: { ...trade, resourceDesignator: 'ENERGY' } }
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
