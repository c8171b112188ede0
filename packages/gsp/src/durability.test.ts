import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient, createPki, issueDevice, issueServer, writeCredentials, type Client } from '@gridloom/kit'
import type { Credentials } from '@gridloom/kit'
import {
  decode,
  DERControlResponse,
  encode,
  LogEvent,
  LogEventList,
  MirrorMeterReading,
  MirrorUsagePoint,
  ReadingList,
  ReadingSetList,
  ResponseList,
} from '@gridloom/sep2030'
import { expect, it, onTestFinished } from 'vitest'
import { hrefs } from './domain/hrefs.ts'
import { deviceRows } from './store/devices.ts'
import { openResources } from './store/open-resources.ts'
import { assignedProgram, logEvent, mrid, published, watts } from './testing/documents.ts'

const profile = 'csipaus-1.2'
const device = `${hrefs.endDevices}/1`
const rounds = 4
const posters = 6
// whole minutes of one day, so that all readings are in one set
const firstStart = 1_800_057_600

it(
  'has every acknowledged reading, response and log event after kill -9 at random moments',
  { timeout: 60_000 },
  async () => {
    const scene = await openScene()
    const acknowledged: Acknowledged = { readings: new Set(), responses: new Set(), logEvents: new Set() }
    let next = 0
    for (let round = 0; round < rounds; round += 1) {
      const server = await startServer(scene)
      const stop = new AbortController()
      const loads = Array.from({ length: posters }, () =>
        postUntilKilled(scene, server.url, acknowledged, () => ++next, stop.signal),
      )
      await wait(200 + Math.random() * 300)
      server.child.kill('SIGKILL')
      await once(server.child, 'exit')
      stop.abort()
      await Promise.all(loads)
    }
    const { url, child } = await startServer(scene)
    const kept = await readBack(scene, url)
    child.kill('SIGTERM')
    await once(child, 'exit')

    expect(acknowledged.readings.size).toBeGreaterThan(20)
    expect(acknowledged.readings.difference(kept.readings)).toEqual(new Set())
    expect(acknowledged.responses.difference(kept.responses)).toEqual(new Set())
    expect(acknowledged.logEvents.difference(kept.logEvents)).toEqual(new Set())
  },
)

type Acknowledged = Readonly<{ readings: Set<number>; responses: Set<number>; logEvents: Set<number> }>
type Scene = Readonly<{ config: string; credentials: Credentials; subject: string; series: string }>

async function openScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'gsp-durability-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const pki = createPki()
  const certs = join(folder, 'certs')
  writeCredentials(certs, issueServer(pki, { name: 'gsp' }))
  const store = `sqlite:${join(folder, 'gsp.db')}`
  const free = { host: '127.0.0.1', port: 0 }
  const config = join(folder, 'gsp.yaml')
  writeFileSync(
    config,
    JSON.stringify({ certs, store, profile, listen: free, admin: free, ops: free, logLevel: 'error' }),
  )
  const credentials = issueDevice(pki, { serial: '1' })
  const { lfdi, sfdi } = credentials
  await using resources = openResources(store)
  await resources.write(deviceRows(device, lfdi, { lFDI: lfdi, sFDI: sfdi, changedTime: 0, enabled: true }))
  const now = Math.floor(Date.now() / 1000)
  const interval = { start: now, duration: 86_400 }
  const { mRID } = await published(resources, await assignedProgram(resources, device), { creationTime: now, interval })
  return { config, credentials, subject: mRID, series: mrid() }
}

type Server = Readonly<{ url: string; child: ChildProcess }>

async function startServer({ config }: Scene): Promise<Server> {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) {
    return { url: (JSON.parse(line) as { url: string }).url, child }
  }
  throw new Error('the server ended before it was ready')
}

async function postUntilKilled(
  { credentials, subject, series }: Scene,
  origin: string,
  acknowledged: Acknowledged,
  next: () => number,
  killed: AbortSignal,
): Promise<void> {
  await using client = createClient({ origin, certs: credentials })
  const post = async (path: string, body: Buffer): Promise<boolean> => {
    const { status } = await client.post(path, body)
    if (status !== 201 && status !== 204) throw new Error(`POST ${path} answered ${status}`)
    return true
  }
  try {
    const mirror = await mirrorFor(client, credentials.lfdi, series)
    while (!killed.aborted) {
      const n = next()
      const reading = { mRID: series, Reading: { timePeriod: { duration: 60, start: firstStart + n }, value: n } }
      if (await post(mirror, encode(MirrorMeterReading, reading))) acknowledged.readings.add(n)
      const answer = { createdDateTime: n, endDeviceLFDI: credentials.lfdi, status: 2, subject }
      if (await post(hrefs.responses(device), encode(DERControlResponse, answer))) acknowledged.responses.add(n)
      const event = { ...logEvent(0), createdDateTime: n }
      if (await post(hrefs.logEvents(device), encode(LogEvent, event))) acknowledged.logEvents.add(n)
    }
  } catch (error) {
    // what was not answered was not acknowledged; any other answer is a failure
    if (error instanceof Error && error.message.includes('answered')) throw error
  }
}

async function mirrorFor(client: Client, lfdi: string, series: string): Promise<string> {
  const mirror = {
    mRID: series,
    roleFlags: '0003',
    serviceCategoryKind: 0,
    status: 1,
    deviceLFDI: lfdi,
    MirrorMeterReading: [{ mRID: series, ReadingType: watts }],
  }
  const { location = '' } = await client.post('/mup', encode(MirrorUsagePoint, mirror))
  return location
}

async function readBack({ credentials }: Scene, origin: string): Promise<Acknowledged> {
  await using client = createClient({ origin, certs: credentials })
  const sets = decode(ReadingSetList, (await client.get('/upt/1/mr/1/rs?l=500')).body, { profile })
  const readings = new Set<number>()
  for (const set of sets.ReadingSet ?? []) {
    const list = await all(client, `${set.href}/r`, (body) => decode(ReadingList, body, { profile }).Reading ?? [])
    for (const { value } of list) readings.add(value ?? -1)
  }
  const responses = await all(
    client,
    hrefs.responses(device),
    (body) => decode(ResponseList, body, { profile }).Response ?? [],
  )
  const logEvents = await all(
    client,
    hrefs.logEvents(device),
    (body) => decode(LogEventList, body, { profile }).LogEvent ?? [],
  )
  return {
    readings,
    responses: new Set(responses.map(({ createdDateTime }) => Number(createdDateTime))),
    logEvents: new Set(logEvents.map(({ createdDateTime }) => Number(createdDateTime))),
  }
}

/** Pages on until a page is empty. */
async function all<T>(client: Client, path: string, members: (body: Buffer) => readonly T[]): Promise<readonly T[]> {
  const found: T[] = []
  for (;;) {
    const page = members((await client.get(`${path}?s=${found.length}&l=500`)).body)
    if (page.length === 0) return found
    found.push(...page)
  }
}
