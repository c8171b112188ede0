import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JoinAnswer, RegionList, ReportAnswer, type PeerReport } from '@gridloom/contracts'
import {
  createClient,
  createLogger,
  createPki,
  issueDevice,
  issueServer,
  writeCredentials,
  type Credentials,
} from '@gridloom/kit'
import { expect, it, onTestFinished } from 'vitest'
import { start } from './app.ts'
import { Config } from './config.ts'
import { engine, house } from './testing/live-region.ts'

const pki = createPki()
const host = issueServer(pki, { name: 'host' })
const stranger = issueServer(pki, { name: 'stranger' })

it('gives peers the same id every time, and a name to the host that joined it first', async () => {
  const { url } = await tracker({
    bootstrap: { regions: 2, members: { h: 1 } },
    regions: [{ region: 0 }, { region: 1 }],
  })
  const ask = { peers: [peer('h', 'consumer'), peer('e', 'continuous')] }
  const first = JoinAnswer.parse((await post(url, '/join', ask)).body)
  expect(first.members.map(({ id }) => id.length)).toEqual(expect.arrayContaining([32, 8]))
  expect(first.members.find(({ name }) => name === 'h')?.region).toBe(1)
  expect((await post(url, '/join', ask)).body).toEqual(first)
  const other = JoinAnswer.parse((await post(url, '/join', ask, stranger)).body)
  expect(other.members).toEqual([])
  expect(other.refused.map(({ name }) => name).toSorted()).toEqual(['e', 'h'])
})

it('lets only certificates of services in, only a bootstrap register and only neighbours ask for a takeover', async () => {
  const { url } = await tracker({ regions: [{ region: 0 }] })
  const device = issueDevice(pki, { serial: 'device' })
  expect((await get(url, '/regions', device)).status).toBe(403)
  expect((await post(url, '/regions/0/register', { peers: [] })).status).toBe(403)
  expect((await post(url, '/regions/0/takeover', { from: 1, epoch: 1, consumers: [] })).status).toBe(403)
  expect((await post(url, '/regions/7/reports', { ts: 0, lamport: 0, reports: [] })).status).toBe(404)
  expect((await post(url, '/join', { peers: [peer('h', 'consumer')] })).status).toBe(404)
})

it('says what is wrong with a report, and where, and describes itself', async () => {
  const { url } = await tracker({ regions: [{ region: 0 }] })
  const batch = { ts: 0, lamport: 0, reports: [{ ...house('h', 1), class: 12 }] }
  const refused = await post(url, '/regions/0/reports', batch)
  expect(refused).toMatchObject({ status: 400, body: { error: { issues: [{ path: 'reports.0.class' }] } } })
  expect((await get(url, '/regions/north')).status).toBe(400)
  const { body: document } = await get(url, '/openapi.json')
  expect(document).toMatchObject({ openapi: '3.1.0', paths: { '/regions/{region}': {}, '/join': {} } })
})

it(
  'has consumers fed by the tracker of another process when its region has nothing to give',
  { timeout: 60_000 },
  async () => {
    const [poor, rich] = [issueServer(pki, { name: 'poor' }), issueServer(pki, { name: 'rich' })]
    const far = await tracker(
      {
        regions: [{ region: 1, neighbours: [{ region: 0, url: 'https://127.0.0.1:1', lfdi: poor.lfdi }] }],
        bootstraps: [poor.lfdi],
      },
      rich,
    )
    const elsewhere = { region: 1, url: far.url, lfdi: rich.lfdi }
    const near = await tracker(
      {
        bootstrap: { regions: 2, trackers: [elsewhere], members: { h: 0, e: 1 } },
        regions: [{ region: 0, neighbours: [elsewhere] }],
      },
      poor,
    )
    const ask = { peers: [peer('h', 'consumer'), peer('e', 'continuous')] }
    const { members } = JoinAnswer.parse((await post(near.url, '/join', ask)).body)
    const id = (name: string): string => members.find((member) => member.name === name)?.id ?? ''
    expect(members.find(({ name }) => name === 'e')?.tracker.url).toBe(far.url)

    const leaseOfHouse = async () => {
      await report(far.url, 1, engine(id('e'), 50))
      return (await report(near.url, 0, house(id('h'), 10))).peers[0]?.lease
    }
    await expect
      .poll(leaseOfHouse, { timeout: 50_000, interval: 100 })
      .toMatchObject({ region: 1, generator: id('e'), kw: 10, generatorHost: host.lfdi })
    const { regions } = RegionList.parse((await get(near.url, '/regions')).body)
    expect(regions[0]).toMatchObject({ lent: 1, starving: 0, books: { demandKw: 0 } })
  },
)

async function tracker(
  settings: Omit<typeof Config._input, 'certs'>,
  identity: Credentials = issueServer(pki, { name: 'tracker' }),
) {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  writeCredentials(folder, identity)
  const config = Config.parse({
    certs: folder,
    store: `sqlite:${join(folder, 'tracker.db')}`,
    listen: { host: '127.0.0.1', port: 0 },
    periodSeconds: 0.3,
    dwellSeconds: 0,
    ...settings,
  })
  const actor = await start(config, { log: createLogger('tracker', 'silent') })
  onTestFinished(async () => {
    await actor[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })
  return actor
}

function peer(name: string, kind: PeerReport['kind']) {
  return { name, kind, capacityKw: 50, url: 'https://127.0.0.1:9' }
}

async function report(url: string, region: number, ...reports: readonly PeerReport[]): Promise<ReportAnswer> {
  const { body } = await post(url, `/regions/${region}/reports`, { ts: 0, lamport: 0, reports })
  return ReportAnswer.parse(body)
}

function get(url: string, path: string, certs: Credentials = host) {
  return call(url, certs, (client) => client.get(path))
}

function post(url: string, path: string, body: object, certs: Credentials = host) {
  return call(url, certs, (client) => client.post(path, JSON.stringify(body)))
}

async function call(
  url: string,
  certs: Credentials,
  ask: (client: ReturnType<typeof createClient>) => ReturnType<ReturnType<typeof createClient>['get']>,
) {
  await using client = createClient({ origin: url, certs, serverName: false, mediaType: 'application/json' })
  const { status, body } = await ask(client)
  return { status, body: JSON.parse(body.toString()) as unknown }
}
