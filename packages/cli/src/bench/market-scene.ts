import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MarketReference } from '@gridloom/contracts'
import { createClient, createPki, issueDevice, issueServer, writeCredentials, type Credentials } from '@gridloom/kit'
import { referenceText } from '@gridloom/market'
import { stringify } from 'yaml'
import { startChild } from './child.ts'

const hour = Math.ceil(Date.now() / 3_600_000) * 3600

/** Quarter hours from the next full hour on, for ten days. */
export const marketReference: MarketReference = MarketReference.parse({
  marketId: 'bench',
  marketPartyId: 'MARKET',
  mechanism: 'CONTINUOUS_ORDER_BOOK',
  resourceDesignator: 'ENERGY',
  resourceUnit: 'Wh',
  currency: 'USD',
  priceScale: -3,
  quantityScale: 3,
  tickSize: 1,
  roundLot: 1,
  minTenderQuantity: 1,
  maxTenderQuantity: 1_000_000,
  minPrice: -1_000_000,
  maxPrice: 1_000_000,
  gridStart: instant(hour),
  intervalSeconds: 900,
  rangeStart: instant(hour),
  rangeEnd: instant(hour + 864_000),
  gateClosureSeconds: 300,
  selfTrade: 'CANCEL_RESTING',
})

export type MarketScene = AsyncDisposable &
  Readonly<{ port: number; parties: readonly Credentials[]; serverFolder: string }>

/** A Market Agent as an operator starts it, with so many registered parties. */
export async function openMarketScene(folder: string, count: number): Promise<MarketScene> {
  await using stack = new AsyncDisposableStack()
  const pki = createPki()
  const serverFolder = join(folder, 'server')
  writeCredentials(serverFolder, issueServer(pki, { name: 'market' }))
  const config = join(folder, 'market.yaml')
  const listen = { host: '127.0.0.1', port: 0 }
  const store = `sqlite:${join(folder, 'market.db')}`
  const markets = [{ reference: referenceText(marketReference) }]
  writeFileSync(config, stringify({ listen, certs: serverFolder, store, markets, logLevel: 'error' }))
  const main = fileURLToPath(new URL('main.ts', import.meta.resolve('@gridloom/market')))
  const { ready } = stack.use(await startChild([main, '--config', config]))

  const parties = Array.from({ length: count }, (_none, at) => issueDevice(pki, { serial: `${at + 1}` }))
  for (const [index, certs] of parties.entries()) {
    await using client = createClient({
      origin: ready.url,
      certs,
      mediaType: 'application/json',
      serverName: 'localhost',
    })
    await client.post('/ma/bench', JSON.stringify({ type: 'EiRegisterParty', requestId: 'r', partyId: `P${index}` }))
  }
  const owned = stack.move()
  const port = Number(new URL(ready.url).port)
  return { port, parties, serverFolder, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** An instant as the market writes it. */
export function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
