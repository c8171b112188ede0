import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { TrustSubject } from '@gridloom/contracts'
import { createClient, issueServer, writeCredentials } from '@gridloom/kit'
import { expect, it, onTestFinished } from 'vitest'
import { observation, peers, pki } from './testing/test-dtm.ts'

const rounds = 3

it('has judged every acknowledged observation after kill -9 at random moments', { timeout: 60_000 }, async () => {
  const scene = sceneOf()
  const acknowledged = new Set<number>()
  let next = 0
  for (let round = 0; round < rounds; round += 1) {
    const server = await startServer(scene.config)
    const posting = postUntilKilled(server.url, acknowledged, () => (next += 1))
    await wait(300 + Math.random() * 300)
    server.child.kill('SIGKILL')
    await once(server.child, 'exit')
    await posting
  }
  const server = await startServer(scene.config)
  const live = await subject(server.url)
  server.child.kill('SIGKILL')
  await once(server.child, 'exit')

  expect(acknowledged.size).toBeGreaterThan(20)
  expect(acknowledged.difference(numbersIn(scene.file))).toEqual(new Set())
  const again = await startServer(scene.config)
  // its own absence moves no vector, whatever it is told of the time
  expect(await subject(again.url)).toEqual(live)
  again.child.kill('SIGTERM')
  await once(again.child, 'exit')
})

function sceneOf() {
  const folder = mkdtempSync(join(tmpdir(), 'dtm-durability-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const certs = join(folder, 'certs')
  writeCredentials(certs, issueServer(pki, { name: 'dtm' }))
  const file = join(folder, 'dtm.db')
  const config = join(folder, 'dtm.yaml')
  const registry = [
    { lfdi: peers.gsp.lfdi, role: 'GSP', reports: false },
    { lfdi: peers.dcm.lfdi, role: 'DCM' },
  ]
  const listen = { host: '127.0.0.1', port: 0 }
  const limits = { perSecond: 10_000 }
  const operators = [peers.operator.lfdi]
  writeFileSync(
    config,
    JSON.stringify({ certs, store: `sqlite:${file}`, listen, limits, registry, operators, snapshotSeconds: 0.2 }),
  )
  return { config, file }
}

async function startServer(config: string): Promise<Readonly<{ url: string; child: ChildProcess }>> {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, '--config', config], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  if (!child.stdout) throw new Error('a child without an output')
  for await (const line of createInterface({ input: child.stdout })) return { child, url: JSON.parse(line).url }
  throw new Error('the server ended before it was ready')
}

async function postUntilKilled(url: string, acknowledged: Set<number>, next: () => number): Promise<void> {
  await using client = createClient({ origin: url, certs: peers.dcm, serverName: false, mediaType: 'application/json' })
  for (;;) {
    const batch = [next(), next(), next()].map((seq) => ({ ...observation(seq), observedAt: Date.now() / 1000 }))
    try {
      const { status } = await client.post('/dtm/observations', JSON.stringify(batch))
      if (status === 202) for (const { seq } of batch) acknowledged.add(seq)
    } catch {
      return
    }
  }
}

async function subject(url: string): Promise<TrustSubject> {
  const certs = peers.operator
  await using client = createClient({ origin: url, certs, serverName: false, mediaType: 'application/json' })
  const { body } = await client.get(`/dtm/subjects/${peers.dcm.lfdi}`)
  return TrustSubject.parse(JSON.parse(body.toString()))
}

/** The numbers of all observations that the actor has taken in. */
function numbersIn(file: string): Set<number> {
  using database = new DatabaseSync(file)
  const rows = database.prepare('SELECT step FROM journal WHERE peer IS NOT NULL').all()
  return new Set(
    rows.flatMap(({ step }) => JSON.parse(String(step)).observations.map(({ seq }: { seq: number }) => seq)),
  )
}
