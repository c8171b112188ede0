import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { formatCtsInstant } from '@gridloom/contracts'
import { createClient, writeCredentials } from '@gridloom/kit'
import { expect, it, onTestFinished } from 'vitest'
import { referenceText } from './domain/market-data.ts'
import { marketWith } from './domain/testing.ts'
import { openMarketStores } from './store/market-store.ts'
import { verifyRecord } from './store/verify.ts'
import { certificateOf, newFolder, server, tender } from './testing/market-scene.ts'

const parties = ['P1', 'P2', 'P3', 'P4']
const nextHour = Math.ceil(Date.now() / 3600_000) * 3600 + 3600

it('loses nothing that it answered, however often it is killed', { timeout: 120_000 }, async () => {
  const scene = openFolder()
  const answered = new Map<string, string>()
  let count = 0
  for (const round of [1, 2, 3]) {
    const { url, child } = await startMarket(scene.config)
    for (const [text, reply] of [...answered].slice(-40)) expect(await say(url, text)).toBe(reply)
    const enough = answered.size + 60
    const killed = once(child, 'exit')
    const loads = parties.map((partyId) =>
      load(
        url,
        partyId,
        () => (count += 1),
        answered,
        () => {
          if (answered.size >= enough) child.kill('SIGKILL')
        },
      ),
    )
    await Promise.all([...loads, killed])
    expect([round, answered.size >= enough]).toEqual([round, true])
  }
  await using stores = openMarketStores(scene.store)
  const store = stores.of('mkt-1')
  const journal = store.journal(0, 1_000_000)
  const ledger = store.ledger(0, 1_000_000)
  const reference: unknown = JSON.parse(stores.referenceOf('mkt-1') ?? '')
  expect(verifyRecord({ reference, journal, ledger })).toEqual([])
  const kept = new Set(journal.map(({ reply }) => reply))
  expect([...answered.values()].filter((reply) => !kept.has(reply))).toEqual([])
  expect(ledger.length).toBeGreaterThan(0)
  expect(ledger.length % 2).toBe(0)
})

function openFolder(): Readonly<{ config: string; store: string }> {
  const folder = newFolder(onTestFinished)
  const certs = join(folder, 'certs')
  writeCredentials(certs, server)
  const day = { gridStart: nextHour - 86_400, rangeStart: nextHour - 86_400, rangeEnd: nextHour + 86_400 }
  const config = join(folder, 'market.yaml')
  const store = `sqlite:${join(folder, 'market.db')}`
  const markets = [{ reference: referenceText(marketWith(day)) }]
  const listen = { host: 'localhost', port: 0 }
  writeFileSync(config, JSON.stringify({ listen, certs, store, markets, snapshotEvery: 50, logLevel: 'error' }))
  return { config, store }
}

async function startMarket(config: string): Promise<Readonly<{ url: string; child: ChildProcess }>> {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) {
    return { url: (JSON.parse(line) as { url: string }).url, child }
  }
  throw new Error('the market ended before it was ready')
}

/** Tenders that trade with one another, one after the other, until the market is gone. */
async function load(
  url: string,
  partyId: string,
  next: () => number,
  answered: Map<string, string>,
  seen: () => void,
): Promise<void> {
  await using client = createClient({ origin: url, certs: certificateOf(partyId), mediaType: 'application/json' })
  const path = '/ma/mkt-1'
  try {
    await client.post(path, JSON.stringify({ type: 'EiRegisterParty', requestId: 'reg', partyId }))
    for (;;) {
      const number = next()
      const text = `${number % 2 === 0 ? 'BUY' : 'SELL'} ${1 + (number % 5)}@${100 + (number % 3)}`
      const body = JSON.stringify(tender(partyId, `t${number}`, text, {}, formatCtsInstant(nextHour)))
      const reply = await client.post(path, body)
      answered.set(body, reply.body.toString())
      seen()
    }
  } catch (error) {
    // the kill ends the connection in the middle of a request
    if (!(error instanceof Error && error.name === 'ClientError')) throw error
  }
}

async function say(url: string, text: string): Promise<string> {
  const { partyId } = JSON.parse(text) as { partyId: string }
  await using client = createClient({ origin: url, certs: certificateOf(partyId), mediaType: 'application/json' })
  return (await client.post('/ma/mkt-1', text)).body.toString()
}
