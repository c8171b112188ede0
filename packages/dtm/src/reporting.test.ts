import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, dtmConfig, openObservers, systemClock, type Observers, type Sighting } from '@gridloom/kit'
import { Registry } from 'prom-client'
import { expect, it, onTestFinished, vi } from 'vitest'
import { dtm, peers } from './testing/test-dtm.ts'

it('has all that was seen while it was away, once it is back', { timeout: 60_000 }, async () => {
  const port = await freePort()
  const listen = { host: '127.0.0.1', port }
  const metrics = new Registry()
  await using observers = reporting(`https://127.0.0.1:${port}`, metrics)
  const observe = observers.of(peers.dcm)
  for (let at = 0; at < 250; at += 1) observe(sighting(at))
  await vi.waitFor(
    async () => expect(await valueOf(metrics, 'gridloom_observer_waiting_bytes')).toBeGreaterThan(1000),
    slow,
  )

  await using net = await dtm({ listen })
  await vi.waitFor(async () => expect(await valueOf(metrics, 'outcome="delivered"')).toBeGreaterThan(250), slow)
  await vi.waitFor(async () => expect(await valueOf(metrics, 'gridloom_observer_waiting_bytes')).toBe(0), slow)
  const judged = async () => {
    const { body } = await net.get('/metrics')
    return Number(/gridloom_dtm_observations_total\S* (\d+)/.exec(body)?.[1])
  }
  await vi.waitFor(async () => expect(await judged()).toBeGreaterThan(250), slow)
})

it('goes on with its numbers after a restart', { timeout: 60_000 }, async () => {
  await using net = await dtm()
  const folder = temporaryFolder()
  for (const part of [1, 2]) {
    const metrics = new Registry()
    const observers = reporting(net.url, metrics, folder)
    for (let at = 0; at < 5; at += 1) observers.of(peers.dcm)(sighting(part * 10 + at))
    await vi.waitFor(async () => expect(await valueOf(metrics, 'outcome="delivered"')).toBeGreaterThan(4), slow)
    await observers[Symbol.asyncDispose]()
  }
  const { body } = await net.get(`/dtm/events?subject=${peers.dcm.lfdi}`)
  const rules = body.map(({ rule }: { rule?: string }) => rule)
  expect(rules).not.toContain('TM-3')
  expect(rules).not.toContain('TM-4')
})

const slow = { timeout: 30_000, interval: 100 }

function reporting(url: string, metrics: Registry, folder = temporaryFolder()): Observers {
  const queue = `sqlite:${join(folder, 'queue.db')}`
  const config = dtmConfig(queue).parse({ url, name: false })
  if (!config) throw new Error('no configuration of the trust module')
  return openObservers({ role: 'DCM', config, clock: systemClock, log: createLogger('test', 'silent'), metrics })
}

function sighting(at: number): Sighting {
  const from = { role: 'DCM', id: peers.dcm.lfdi } as const
  const to = { role: 'GSP', id: peers.gsp.lfdi } as const
  return {
    leg: 'GSP-DCM',
    kind: 'request',
    from,
    to,
    corr: `c${at}`,
    method: 'PUT',
    path: '/edev/1/dstat',
    body: `${at}`,
  }
}

async function valueOf(metrics: Registry, name: string): Promise<number> {
  const line = (await metrics.metrics()).split('\n').find((each) => !each.startsWith('#') && each.includes(name))
  return Number(line?.split(' ').at(-1) ?? Number.NaN)
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-observer-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
