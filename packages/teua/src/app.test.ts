import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AgentStates } from '@gridloom/contracts'
import {
  createClient,
  createPki,
  issueAggregator,
  issueDevice,
  issueServer,
  virtualClock,
  writeCredentials,
} from '@gridloom/kit'
import { expect, it, onTestFinished } from 'vitest'
import { start } from './app.ts'
import { Config } from './config.ts'

const pki = createPki()
const operator = issueAggregator(pki, { name: 'operator' })
const now = 1_800_000_000

it('hears needs over mutual TLS while the market is away, and remembers them', async () => {
  const { call, restart } = await agents()
  const needs = [{ start: now + 900, energyWh: -2500, limitPrice: 80 }]
  expect(await call('PUT', '/agents/P01/needs', { needs })).toMatchObject({ status: 200 })
  const again = await restart()
  expect(await again.call('GET', '/agents/P01/needs')).toEqual({ status: 200, reply: { needs } })
  const { reply } = await again.call('GET', '/agents')
  expect(AgentStates.parse(reply).agents).toMatchObject([{ partyId: 'P01', market: 'away', strategy: 'controller' }])
})

it.each([
  ['PUT', '/agents/P01/needs', { needs: [{ start: now, energyWh: 5, steps: [{ energyWh: 4, price: 1 }] }] }, 400],
  ['PUT', '/agents/P01/needs', { needs: [{ start: now, energyWh: 'much' }] }, 400],
  ['PUT', '/agents/P01/needs', { needs: [{ start: now, energyWh: 1e300 }] }, 400],
  ['GET', '/agents/P09', undefined, 404],
  ['GET', '/agents/P01/schedule', undefined, 503],
  ['POST', '/callback/P01', { type: 'EiCreateTransaction' }, 400],
  ['POST', '/callback/P09', { type: 'EiCanceledTender' }, 404],
] as const)('%s %s with %j is %i', async (method, path, body, status) => {
  const { call } = await agents()
  expect(await call(method, path, body)).toMatchObject({ status })
})

it('is closed to devices, and open to a controller with the token', async () => {
  const token = 'let-me-in-if-you-please'
  const { call, actor } = await agents({ controllerToken: { token, listen: { port: 0 } } })
  const meter = issueDevice(pki, { serial: 'meter' })
  expect(await call('GET', '/agents', undefined, meter)).toMatchObject({ status: 403 })
  await using client = createClient({ origin: actor.admin ?? '', certs: meter, mediaType: 'application/json' })
  const request = { method: 'GET', path: '/agents' } as const
  expect((await client.request(request)).status).toBe(401)
  expect((await client.request({ ...request, headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
})

it('describes its interface', async () => {
  const { call } = await agents()
  const { reply } = await call('GET', '/openapi.json')
  expect(Object.keys((reply as { paths: object }).paths)).toContain('/agents/{partyId}/needs')
})

async function agents(changes: Partial<typeof Config._input> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-teua-'))
  const certs = join(folder, 'certs')
  writeCredentials(certs, issueServer(pki, { name: 'teua' }))
  const config = Config.parse({
    market: { url: 'https://127.0.0.1:1', marketId: 'mkt-1' },
    agents: [{ partyId: 'P01' }],
    listen: { host: '127.0.0.1', port: 0 },
    certs,
    store: `sqlite:${join(folder, 'teua.db')}`,
    logLevel: 'silent',
    ...changes,
  })
  const running = async () => {
    const actor = await start(config, { clock: virtualClock(now) })
    const call = async (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown, as = operator) => {
      await using client = createClient({ origin: actor.url, certs: as, mediaType: 'application/json' })
      const answer = await client.request({ method, path, ...(body !== undefined && { body: JSON.stringify(body) }) })
      return { status: answer.status, reply: JSON.parse(answer.body.toString()) as unknown }
    }
    return { actor, call }
  }
  let current = await running()
  onTestFinished(async () => {
    await current.actor[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    ...current,
    async restart() {
      await current.actor[Symbol.asyncDispose]()
      current = await running()
      return current
    },
  }
}
