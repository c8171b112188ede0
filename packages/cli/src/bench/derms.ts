import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KnownFleet, Service } from '@gridloom/contracts'
import { createAdmin, type Admin } from '@gridloom/devnet'
import { createClient, createPki, issueAggregator, issueServer, writeCredentials } from '@gridloom/kit'
import type { Client, Credentials, Pki } from '@gridloom/kit'
import {
  derType,
  DERCapability,
  doeControlModes,
  encode,
  hexOf,
  MirrorMeterReading,
  MirrorUsagePoint,
  parseLfdi,
  type Lfdi,
} from '@gridloom/sep2030'
import { stringify } from 'yaml'
import { z } from 'zod'
import { startChild, type Child } from './child.ts'
import type { BenchFigure } from './figure.ts'

const ders = 1000
const one = 100
const watts = 2000
const profile = 'csipaus-1.3'

/** From a request for a limit until all devices of a feeder are ordered, against an order a request. */
export async function benchDerms(): Promise<readonly BenchFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-bench-'))
  try {
    await using scene = await openScene(folder)
    const { derms, gsp, lfdis } = scene
    const request = { kind: 'limit', where: 'feeder', importW: (ders * watts) / 2, duration: 3600, fairness: 'equal' }
    const startedAt = performance.now()
    const { awards } = await derms.post('/services', request, Service)
    const seconds = (performance.now() - startedAt) / 1000
    if (awards.length < ders) throw new Error(`${awards.length} of ${ders} devices were ordered`)
    process.stderr.write(`request to all ${awards.length} ordered: ${seconds.toFixed(2)} s\n`)

    const singlyAt = performance.now()
    for (const device of lfdis.slice(0, one)) {
      await gsp.post('/controls', { device, controls: { opModImpLimW: 0 }, duration: 3600 }, z.unknown())
    }
    const [value, referenceValue] = [awards.length / seconds, (1000 * one) / (performance.now() - singlyAt)]
    return [
      {
        bench: 'derms',
        metric: `limit of ${ders} DERs`,
        value,
        unit: 'orders/s',
        reference: 'an order a request, no service',
        referenceValue,
        ratio: value / referenceValue,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Scene = AsyncDisposable & Readonly<{ derms: Admin; gsp: Admin; lfdis: readonly Lfdi[] }>

/** A GSP with so many loads, all behind one aggregator, and a DERMS that knows them. */
async function openScene(folder: string): Promise<Scene> {
  await using stack = new AsyncDisposableStack()
  const pki = createPki()
  const [operator, aggregator] = ['operator', 'aggregator'].map((name) => issueAggregator(pki, { name }))
  if (!operator || !aggregator) throw new Error('no certificates')
  const server = stack.use(await startActor(folder, 'gsp', { pki, more: { profile, admin: free } }))
  const gsp = stack.use(createAdmin(server.ready.admin ?? '', operator))
  await gsp.post('/groups', { name: 'feeder', level: 'feeder' }, z.unknown())
  const behind = { name: 'aggregator', certificates: [{ lfdi: aggregator.lfdi }] }
  const { id } = await gsp.post('/aggregators', behind, z.looseObject({ id: z.string() }))
  const lfdis = Array.from({ length: ders }, (_, index) => parseLfdi((index + 1).toString(16).padStart(40, '0')))
  await using client = createClient({ origin: server.ready.url, certs: aggregator })
  for (const lfdi of lfdis) {
    const made = await gsp.post(
      '/devices',
      { lfdi, aggregator: id, groups: ['feeder'] },
      z.looseObject({ id: z.string() }),
    )
    await report(client, { lfdi, id: made.id })
  }
  const config = { gsp: { url: server.ready.admin }, operators: [operator.lfdi], pollSeconds: 60, silentSeconds: 3600 }
  const { ready } = stack.use(await startActor(folder, 'derms', { pki, more: config }))
  const derms = stack.use(createAdmin(ready.url, operator))
  while ((await derms.get('/fleet', KnownFleet)).ders.length < ders) await new Promise((done) => setTimeout(done, 100))
  const owned = stack.move()
  return { derms, gsp, lfdis, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const free = { host: '127.0.0.1', port: 0 }

type ActorOptions = Readonly<{ pki: Pki; more: object }>

function startActor(folder: string, actor: 'gsp' | 'derms', { pki, more }: ActorOptions): Promise<Child> {
  const certs = join(folder, actor)
  const credentials: Credentials = issueServer(pki, { name: actor })
  writeCredentials(certs, credentials)
  const config = join(folder, `${actor}.yaml`)
  const limits = { perSecond: 1e6, burst: 1e6 }
  const store = `sqlite:${join(folder, `${actor}.db`)}`
  writeFileSync(config, stringify({ certs, store, listen: free, limits, logLevel: 'error', ...more }))
  return startChild([fileURLToPath(new URL('main.ts', import.meta.resolve(`@gridloom/${actor}`))), '--config', config])
}

/** What a device tells of itself: a load that can be limited, and draws. */
async function report(client: Client, { lfdi, id }: Readonly<{ lfdi: Lfdi; id: string }>): Promise<void> {
  const capability: DERCapability = {
    modesSupported: '00',
    doeModesSupported: hexOf(['opModImpLimW'], doeControlModes, 8),
    rtgMaxW: { multiplier: 0, value: watts },
    type: derType.virtual,
  }
  const mRID = lfdi.slice(8)
  const mirror = {
    mRID,
    roleFlags: '0049',
    serviceCategoryKind: 0,
    status: 1,
    deviceLFDI: lfdi,
    MirrorMeterReading: [{ mRID, ReadingType: { kind: 37, uom: 38, powerOfTenMultiplier: 0, flowDirection: 19 } }],
  }
  const start = Math.floor(Date.now() / 1000) - 60
  const reading = { mRID, Reading: { timePeriod: { duration: 60, start }, value: -watts } }
  await told(client.put(`/edev/${id}/der/1/dercap`, encode(DERCapability, capability, { profile })))
  const made = await told(client.post('/mup', encode(MirrorUsagePoint, mirror, { profile })))
  await told(client.post(made.location ?? '', encode(MirrorMeterReading, reading, { profile })))
}

async function told(answer: ReturnType<Client['post']>): ReturnType<Client['post']> {
  const reply = await answer
  if (reply.status >= 300) throw new Error(`${reply.status}: ${reply.body.toString()}`)
  return reply
}
