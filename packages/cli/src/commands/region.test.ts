import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createPki, issueServer, writeCredentials } from '@gridloom/kit'
import { Config, start } from '@gridloom/tracker'
import { expect, it, onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const vectors = fileURLToPath(new URL('../../../../test/vectors/regions/', import.meta.url))

it('adds the optimum when it is asked for', async () => {
  const file = join(vectors, 'r10-match-greedy-one-less.json')
  const { stdout, code } = await region('solve', file, '--exact', '--json')
  expect([code, JSON.parse(stdout).expect]).toEqual([0, JSON.parse(readFileSync(file, 'utf8')).expect])
})

it('tells of simulated days in one JSON value, and draws every region', async () => {
  const folder = temporaryFolder()
  const size = ['--regions', '2', '--generators', '8', '--consumers', '60', '--days', '1', '--step', '1800']
  const { stdout, code } = await region('simulate', ...size, '--svg', folder, '--json')
  expect(code).toBe(0)
  const { total, regions } = JSON.parse(stdout)
  expect(regions).toHaveLength(2)
  expect(total).toMatchObject({ rounds: 96, demandKwh: expect.any(Number), conservationErrorKw: expect.any(Number) })
  expect(readdirSync(folder).toSorted()).toEqual(['all.svg', 'region-0.svg', 'region-1.svg'])
})

it('lists the regions of a running grid, and shows one', async () => {
  const grid = await runningGrid()
  const { stdout: list } = await region('list', '--grid', grid)
  expect(list.split('\n')[1]).toMatch(/^ *0 {2}steering/)
  const { stdout: shown } = await region('show', '0', '--grid', grid, '--json')
  expect(JSON.parse(shown)).toMatchObject({ region: 0, peers: [], leases: [] })
  expect(await region('show', '5', '--grid', grid)).toMatchObject({ code: 1 })
})

it('asks for what it needs with exit code 2', async () => {
  expect((await region('solve')).code).toBe(2)
  expect((await region('simulate', '--regions', '0')).code).toBe(2)
  expect((await region('dance')).code).toBe(2)
})

async function runningGrid(): Promise<string> {
  const folder = temporaryFolder()
  const pki = createPki()
  const certs = join(folder, 'tracker')
  const operator = join(folder, 'operator')
  writeCredentials(certs, issueServer(pki, { name: 'tracker' }))
  writeCredentials(operator, issueServer(pki, { name: 'operator' }))
  const listen = { host: 'localhost', port: 0 }
  const store = `sqlite:${join(folder, 'tracker.db')}`
  const config = { certs, listen, store, regions: [{ region: 0 }], logLevel: 'silent' as const }
  const tracker = await start(Config.parse(config))
  onTestFinished(() => tracker[Symbol.asyncDispose]())
  const file = join(folder, 'grid.json')
  const keys = { cert: join(operator, 'cert.pem'), key: join(operator, 'key.pem') }
  const grid = { event: 'ready', actors: [{ actor: 'tracker', url: tracker.url }], data: folder }
  writeFileSync(file, JSON.stringify({ ...grid, certs: { ca: join(operator, 'ca.pem'), operator: keys, devices: [] } }))
  return file
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function region(...args: readonly string[]): Promise<Readonly<{ stdout: string; code: number }>> {
  const options = ['--disable-warning=ExperimentalWarning', main, 'region', ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, options, (error, stdout) => resolve({ stdout, code: Number(error?.code ?? 0) }))
  })
}
