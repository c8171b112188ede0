import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GridReady } from '@gridloom/contracts'
import { Config, start } from '@gridloom/dtm'
import { createClient, createPki, issueAggregator, issueDevice, issueServer, writeCredentials } from '@gridloom/kit'
import { expect, it, onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

it('lists, shows and releases the subjects of the running grid by their names', { timeout: 60_000 }, async () => {
  const { trust, blockDevice, lfdi } = await grid()
  await blockDevice()
  const list = await trust('list', '--level', '2')
  expect(list.stdout).toMatch(/^subject +role +level/)
  expect(list.stdout).toMatch(/^pv-1 +DCM +4 blocked/m)
  expect(JSON.parse((await trust('show', 'pv-1', '--json')).stdout)).toMatchObject({ id: lfdi, vector: { level: 4 } })
  expect((await trust('alerts')).stdout).toMatch(/level-change +pv-1 .*→ 4/)
  expect((await trust('release', 'pv-1')).stdout).toBe('pv-1 is at 2 suspect\n')
  expect((await trust('show', 'pv-1')).stdout).toMatch(/^level +2 suspect/m)
  expect((await trust('show', 'utility')).stdout).toMatch(/^role +OPR/m)
  const trace = await trust('trace')
  expect(trace.stdout.split('\n', 1)[0]).toContain('trust-trace/1')
  expect(await trust('verify')).toMatchObject({ code: 0, stdout: expect.stringContaining('unbroken') })
})

it('says what it does not know', { timeout: 60_000 }, async () => {
  const { trust } = await grid()
  expect(await trust('show', 'A'.repeat(40))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nothing is known'),
  })
  expect(await trust('show')).toMatchObject({ code: 2 })
  expect(await trust('list', '--level', '7')).toMatchObject({ code: 2 })
})

async function grid() {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const pki = createPki()
  const operator = issueAggregator(pki, { name: 'operator' })
  const device = issueDevice(pki, { serial: 'PV-1' })
  writeCredentials(join(folder, 'dtm'), issueServer(pki, { name: 'dtm' }))
  writeCredentials(join(folder, 'operator'), operator)
  const config = Config.parse({
    certs: join(folder, 'dtm'),
    store: `sqlite:${join(folder, 'dtm.db')}`,
    listen: { host: 'localhost', port: 0 },
    operators: [operator.lfdi],
    registry: [
      { lfdi: device.lfdi, role: 'DCM' },
      { lfdi: operator.lfdi, role: 'OPR', name: 'utility' },
    ],
    logLevel: 'silent',
  })
  const actor = await start(config)
  onTestFinished(() => actor[Symbol.asyncDispose]())
  const file = join(folder, 'grid.json')
  const keys = { cert: join(folder, 'operator/cert.pem'), key: join(folder, 'operator/key.pem') }
  const named = { name: 'pv-1', lfdi: device.lfdi, sfdi: Number(device.sfdi), pin: 0, ...keys }
  const ready: GridReady = {
    event: 'ready',
    actors: [{ actor: 'dtm', url: actor.url }],
    certs: { ca: join(folder, 'operator/ca.pem'), operator: keys, devices: [named] },
    data: folder,
  }
  writeFileSync(file, JSON.stringify(ready))
  return {
    lfdi: device.lfdi,
    trust: (...args: readonly string[]) => gridloom('trust', ...args, '--grid', file),
    /** The device reports in the name of another. */
    blockDevice: async () => {
      await using client = createClient({ origin: actor.url, certs: device, mediaType: 'application/json' })
      const end = { role: 'DCM', id: operator.lfdi }
      const sha256 = '0'.repeat(64)
      const report = { v: 1, seq: 1, reporter: operator.lfdi, observedAt: Date.now() / 1000, leg: 'GSP-DCM', sha256 }
      const batch = [{ ...report, from: end, to: end, kind: 'request', length: 0 }]
      await client.post('/dtm/observations', JSON.stringify(batch))
    },
  }
}

function gridloom(...args: readonly string[]): Promise<Readonly<{ code: number; stdout: string; stderr: string }>> {
  const argv = ['--disable-warning=ExperimentalWarning', main, ...args]
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argv, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}
