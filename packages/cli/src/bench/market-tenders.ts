import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@gridloom/kit'
import { median } from './by-turns.ts'
import { startChild } from './child.ts'
import type { BenchFigure } from './figure.ts'
import { openLine, requestsPerSecond, type Line } from './load.ts'
import { instant, marketReference, openMarketScene } from './market-scene.ts'

const connections = 100
const rounds = 7
const roundSeconds = 0.7
const warmSeconds = 2

/** Tenders of a hundred parties, a third of which trade at once, each answered when it is on the disk; against a bare HTTPS echo of the same bytes. */
export async function benchTenders(): Promise<BenchFigure> {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-bench-'))
  try {
    await using stack = new AsyncDisposableStack()
    const scene = stack.use(await openMarketScene(folder, connections))
    const nothing = join(folder, 'nothing')
    writeFileSync(nothing, '')
    const echo = join(import.meta.dirname, 'bare-server.ts')
    const bare = stack.use(await startChild([echo, scene.serverFolder, nothing, 'echo']))
    const open = async (port: number): Promise<readonly Line[]> => {
      const lines = scene.parties.map((credentials, party) =>
        openLine({ port, credentials, next: tendering(party), answersVary: true }),
      )
      return (await Promise.all(lines)).map((line) => stack.use(line))
    }
    const ours = await open(scene.port)
    const theirs = await open(Number(new URL(bare.ready.url).port))
    return await compare(ours, theirs)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compare(ours: readonly Line[], theirs: readonly Line[]): Promise<BenchFigure> {
  await requestsPerSecond(ours, warmSeconds)
  await requestsPerSecond(theirs, warmSeconds)
  const values: number[] = []
  const references: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    values.push(await requestsPerSecond(ours, roundSeconds))
    references.push(await requestsPerSecond(theirs, roundSeconds))
  }
  const [value, referenceValue] = [median(values), median(references)]
  const names = { bench: 'market', metric: 'tender', unit: 'tenders/s', reference: 'bare node HTTPS echo' }
  return { ...names, value, referenceValue, ratio: value / referenceValue }
}

/** The tenders of one party, each a new one. */
function tendering(party: number): () => Buffer {
  const random = createRandom(party)
  let count = 0
  return () => {
    count += 1
    const side = random.next() < 0.5 ? 'BUY' : 'SELL'
    const away = random.next() < 1 / 3 ? -2 : random.integer(1, 9)
    const dtStart = instant(marketReference.gridStart + 900 * random.integer(4, 900))
    const interval = { dtStart, duration: 'PT15M' }
    const price = side === 'BUY' ? 100 - away : 100 + away
    const tenderDetail = { kind: 'INTERVAL', interval, price, quantity: random.integer(1, 9) }
    const head = { type: 'EiCreateTender', requestId: `r${count}`, partyId: `P${party}`, counterPartyId: 'MARKET' }
    const body = JSON.stringify({ ...head, marketId: 'bench', tender: { tenderId: `t${count}`, side, tenderDetail } })
    const lines = ['POST /ma/bench HTTP/1.1', 'Host: localhost', 'Content-Type: application/json']
    return Buffer.from(`${[...lines, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`)
  }
}
