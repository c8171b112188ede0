import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import {
  createClient,
  createLogger,
  createPki,
  issueAggregator,
  issueDevice,
  issueServer,
  virtualClock,
  writeCredentials,
} from '@gridloom/kit'
import { Config, referenceText, start } from '@gridloom/market'
import { expect, it, onTestFinished } from 'vitest'
import { marketReference } from '../bench/market-scene.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const noon = marketReference.gridStart + 7200

it('shows, exports and verifies a running market', async () => {
  const look = await tradedMarket()
  expect((await look('book', '--json')).stdout).toBe(
    `${JSON.stringify([{ dtStart: instant(noon), side: 'SELL', price: 120, quantity: 6 }])}\n`,
  )
  expect((await look('positions')).stdout.split('\n').slice(1, 3)).toEqual([
    `P1       ${instant(noon)}        -4`,
    `P2       ${instant(noon)}         4`,
  ])
  const [head, ...entries] = (await look('export', 'ledger', '--csv')).stdout.trim().split('\n')
  expect(head).toBe('seq,match,partyId,counterPartyId,side,dtStart,price,quantity,amount,tenderId,hash')
  expect(entries).toHaveLength(2)
  const trace = JSON.parse((await look('export', 'trace', '--json')).stdout) as { direction: string }[]
  expect(trace.map(({ direction }) => direction).join(' ')).toBe('in out in out in out in out out out')
  const { status, stdout } = await look('verify', '--json')
  expect([status, JSON.parse(stdout)]).toEqual([0, { sound: true, steps: 4, entries: 2, faults: [] }])
})

type Look = (...argv: string[]) => Promise<Readonly<{ status: unknown; stdout: string }>>

/** A market in which P2 bought 4 of the 10 that P1 sells, and the command that looks into it. */
async function tradedMarket(): Promise<Look> {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-cli-market-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const pki = createPki()
  const operator = issueAggregator(pki, { name: 'operator' })
  writeCredentials(join(folder, 'market'), issueServer(pki, { name: 'market' }))
  writeCredentials(join(folder, 'operator'), operator)
  const config = Config.parse({
    listen: { host: 'localhost', port: 0 },
    certs: join(folder, 'market'),
    store: 'sqlite::memory:',
    operators: [operator.lfdi],
    markets: [{ reference: referenceText(marketReference) }],
  })
  const clock = virtualClock(marketReference.gridStart)
  const actor = await start(config, { clock, log: createLogger('market', 'silent') })
  onTestFinished(() => actor[Symbol.asyncDispose]())
  for (const [partyId, side, quantity] of [
    ['P1', 'SELL', 10],
    ['P2', 'BUY', 4],
  ] as const) {
    const certs = issueDevice(pki, { serial: partyId })
    await using client = createClient({ origin: actor.url, certs, mediaType: 'application/json' })
    const interval = { dtStart: instant(noon), duration: 'PT15M' }
    const tenderDetail = { kind: 'INTERVAL', interval, price: 120, quantity }
    const head = { requestId: 'r', partyId, counterPartyId: 'MARKET', marketId: 'bench' }
    await client.post('/ma/bench', JSON.stringify({ type: 'EiRegisterParty', requestId: 'reg', partyId }))
    const tender = { tenderId: 't', side, tenderDetail }
    await client.post('/ma/bench', JSON.stringify({ type: 'EiCreateTender', ...head, tender }))
  }
  return async (...argv) => {
    const who = ['--url', actor.url, '--certs', join(folder, 'operator')]
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'market', ...argv, ...who])
    const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    return { status, stdout }
  }
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
