import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAdmin } from '@gridloom/devnet'
import { createClient, createPki, issueAggregator, issueDevice, issueServer, writeCredentials } from '@gridloom/kit'
import type { Client, Credentials, Pki } from '@gridloom/kit'
import { encode, MirrorMeterReading, MirrorUsagePoint } from '@gridloom/sep2030'
import { stringify } from 'yaml'
import { z } from 'zod'
import { startChild, type Child } from './child.ts'

/** A device of the scene, with the requests that it repeats. */
export type SceneDevice = Readonly<{ credentials: Credentials; get: () => Buffer; post: () => Buffer }>

export type Scene = AsyncDisposable &
  Readonly<{
    port: number
    devices: readonly SceneDevice[]
    serverFolder: string
    controlList: Buffer
    /** What the server has spent so far. */
    processorSeconds: () => Promise<number>
  }>

export type SceneOptions = Readonly<{
  pki: Pki
  gsp: Credentials
  devices: readonly Credentials[]
  /** Further keys of the server's configuration. */
  config?: object
}>

const profile = 'base'
const start = Math.floor(Date.now() / 1000) + 3600

/** Certificates for a server and so many devices. */
export function drawScene(count: number): SceneOptions {
  const pki = createPki()
  const devices = Array.from({ length: count }, (_none, at) => issueDevice(pki, { serial: `${at + 1}` }))
  return { pki, gsp: issueServer(pki, { name: 'gsp' }), devices }
}

/** A GSP as an operator starts it, with its devices in one group that has ten controls ahead. */
export async function openScene(folder: string, options: SceneOptions): Promise<Scene> {
  await using stack = new AsyncDisposableStack()
  const { pki, gsp, devices: credentials, config = {} } = options
  const serverFolder = join(folder, 'server')
  writeCredentials(serverFolder, gsp)
  const { ready } = stack.use(await startServer(folder, { certs: serverFolder, ...config }))

  await using admin = createAdmin(ready.admin ?? '', issueAggregator(pki, { name: 'operator' }))
  const group = await admin.post('/groups', { name: 'feeder' }, z.looseObject({ id: z.string() }))
  const controls = Array.from({ length: 10 }, (_none, at) => ({
    group: group.id,
    controls: { opModMaxLimW: 50 },
    start: start + at * 600,
    duration: 600,
  }))
  await admin.post('/controls/batch', { controls }, z.unknown())
  for (const { lfdi } of credentials) await admin.post('/devices', { lfdi, groups: [group.id] }, z.unknown())

  const devices: SceneDevice[] = []
  let controlList: Buffer = Buffer.alloc(0)
  for (const certs of credentials) {
    await using client = createClient({ origin: ready.url, certs })
    const list = `${await controlListOf(client)}?l=10`
    controlList = (await client.get(list)).body
    devices.push({ credentials: certs, get: getting(list), post: await posting(client, certs) })
  }
  const owned = stack.move()
  const port = Number(new URL(ready.url).port)
  const processorSeconds = () => secondsIn(`${ready.metrics}/metrics`)
  return {
    port,
    devices,
    serverFolder,
    controlList,
    processorSeconds,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function startServer(folder: string, more: object): Promise<Child> {
  const config = join(folder, 'gsp.yaml')
  const free = { host: '127.0.0.1', port: 0 }
  const limits = { perSecond: 1e6, burst: 1e6 }
  const store = `sqlite:${join(folder, 'gsp.db')}`
  writeFileSync(
    config,
    stringify({ store, profile, listen: free, admin: free, ops: free, limits, logLevel: 'error', ...more }),
  )
  return startChild([fileURLToPath(new URL('main.ts', import.meta.resolve('@gridloom/gsp'))), '--config', config])
}

async function secondsIn(url: string): Promise<number> {
  const text = await (await fetch(url)).text()
  return Number(/^process_cpu_seconds_total ([\d.]+)/m.exec(text)?.[1] ?? Number.NaN)
}

/** Follows the links from the entry to the first control list. */
async function controlListOf(client: Client): Promise<string> {
  let path = '/dcap'
  for (const link of [
    'EndDeviceListLink',
    'FunctionSetAssignmentsListLink',
    'DERProgramListLink',
    'DERControlListLink',
  ]) {
    const text = (await client.get(path)).body.toString()
    path = new RegExp(`<${link} [^>]*href="([^"]+)"`).exec(text)?.[1] ?? ''
  }
  return path
}

function getting(path: string): () => Buffer {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/sep+xml\r\n\r\n`)
  return () => request
}

/** Makes a mirror of the device; each request then carries the reading of the next minute. */
async function posting(client: Client, { lfdi }: Credentials): Promise<() => Buffer> {
  const mRID = `${lfdi.slice(0, 24)}00000000`
  const series = { mRID, ReadingType: { kind: 37, uom: 38, powerOfTenMultiplier: 0 } }
  const mirror = {
    mRID,
    roleFlags: '0049',
    serviceCategoryKind: 0,
    status: 1,
    deviceLFDI: lfdi,
    MirrorMeterReading: [series],
  }
  const made = await client.post('/mup', encode(MirrorUsagePoint, mirror, { profile }))
  const { location } = made
  if (location === undefined) throw new Error(`the mirror was answered with ${made.status}: ${made.body.toString()}`)

  const reading = { mRID, Reading: { timePeriod: { duration: 60, start }, value: 1234 } }
  const body = encode(MirrorMeterReading, reading, { profile })
  const head = `POST ${location} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sep+xml\r\nContent-Length: ${body.length}\r\n\r\n`
  const request = Buffer.concat([Buffer.from(head), body])
  const digits = request.indexOf(String(start))
  let time = start
  return () => {
    time += 60
    request.write(String(time), digits)
    return request
  }
}
