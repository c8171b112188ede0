import { formatCtsInstant } from '@gridloom/contracts'
import { createClient, type Client } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { smallGrid } from './fixtures/small-grid.ts'
import { tradingGrid } from './fixtures/trading-grid.ts'

const battery = { kind: 'battery', maxW: 5000, soc: 0.6, gradient: 0 } as const

it('finds who sells and does not deliver, by what the market tells of it', async () => {
  await using grid = await smallGrid({ devices: { battery, idle: battery }, dtm: {} })
  const fleet = await grid.startFleet()
  const agents = [{ partyId: 'battery', dcm: { device: 'battery' } }, { partyId: 'house' }]
  const { dtm: url = '' } = grid.addresses()
  await using trading = await tradingGrid(grid, fleet, agents, { dtm: { url } })
  await using dtm = createClient({ origin: url, certs: grid.operator, mediaType: 'application/json' })
  await dtm.put('/dtm/registry', JSON.stringify([{ lfdi: trading.marketCredentials.lfdi, role: 'AGG' }]))
  for (const party of ['battery', 'house']) await grid.until(async () => (await trading.state(party)).market === 'up')

  const start = trading.nextInterval(80)
  await trading.need('battery', { start, energyWh: -30, limitPrice: 80 })
  const { idle: certs = grid.operator } = grid.devices
  await using client = createClient({ origin: trading.marketUrl(), certs, mediaType })
  const idle = talker(client)
  await idle({ type: 'EiRegisterParty' })
  const interval = { dtStart: formatCtsInstant(start), duration: 'PT60S' }
  const tenderDetail = { kind: 'INTERVAL', interval, price: 70, quantity: 20 }
  await idle({ type: 'EiCreateTender', tender: { tenderId: 'a', side: 'SELL', tenderDetail } })
  await trading.need('house', { start, energyWh: 50, limitPrice: 120 })

  await grid.until(() => grid.clock.now() > start + 60)
  const intervals = [{ streamUid: 0, quantity: -3 }]
  const delivered = { streamStart: formatCtsInstant(start), intervalDuration: 'PT60S', intervals }
  await idle({ type: 'EiReportDelivery', measurementPointId: 'meter', delivered })
  // all that the trust module was told is in its trace
  const told = async (name: string) => {
    const trace = (await dtm.get('/dtm/trace')).body.toString()
    const subject = `"subject":"${grid.devices[name]?.lfdi}"`
    return trace.split('\n').some((line) => line.includes('"kind":"delivery"') && line.includes(subject))
  }
  await grid.until(async () => (await told('battery')) && (await told('idle')))
  const rules = async (name: string) => {
    const { body } = await dtm.get(`/dtm/events?subject=${grid.devices[name]?.lfdi}&limit=1000`)
    return (JSON.parse(body.toString()) as readonly Readonly<{ rule?: string }>[]).flatMap(({ rule }) => rule ?? [])
  }
  expect(await rules('idle')).toContain('PR-11')
  expect(await rules('battery')).not.toContain('PR-11')
})

const mediaType = 'application/json'

/** Speaks for a party of the market "street". */
function talker(client: Client): (message: object) => Promise<void> {
  let requests = 0
  return async (message) => {
    requests += 1
    const head = { requestId: `r${requests}`, partyId: 'idle', counterPartyId: 'MARKET', marketId: 'street' }
    const { body } = await client.post('/ma/street', JSON.stringify({ ...head, ...message }))
    expect(JSON.parse(body.toString())).toMatchObject({ response: { responseDescription: 'OK' } })
  }
}
