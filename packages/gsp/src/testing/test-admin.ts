import type { GspEvent } from '@gridloom/contracts'
import {
  createClient,
  createFeed,
  createPki,
  issueAggregator,
  issueDevice,
  issueServer,
  virtualClock,
} from '@gridloom/kit'
import type { Client, Credentials, VirtualClock } from '@gridloom/kit'
import { parseLfdi, type Lfdi, type Profile } from '@gridloom/sep2030'
import { onTestFinished } from 'vitest'
import { createAdmin } from '../admin/create-admin.ts'
import { feeding } from '../admin/feeding.ts'
import { Config } from '../config.ts'
import { openOperations } from '../operations/open-operations.ts'
import { openResources } from '../store/open-resources.ts'
import type { ResourceStore } from '../store/resources.ts'
import { createSightings } from '../store/sightings.ts'

const pki = createPki()
const server = issueServer(pki, { name: 'gsp' })

export const operator = issueAggregator(pki, { name: 'operator' })
export const otherProvider = issueAggregator(pki, { name: 'aggregator' })

/** An answer of the operator's API, its body read: a test looks at it as it likes. */
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = Readonly<{ status: number; body: any; headers: Readonly<Record<string, string>> }>

export type TestAdmin = Readonly<{
  url: string
  store: ResourceStore
  clock: VirtualClock
  call(method: string, path: string, body?: unknown): Promise<Answer>
  as(certs: Credentials): Client
  client: Client
  /** The certificate of a device. */
  device(): Credentials
}>

export type TestAdminOptions = Readonly<{
  profile?: Profile
  config?: Partial<Config>
  admin?: Partial<Config['admin']>
}>

export const startOfTest = 1_800_000_000

/** The operator's face over real TLS with a real store, on a clock that stands still. */
export async function testAdmin(
  { profile = 'csipaus-1.3', config, admin }: TestAdminOptions = {},
  atEnd: (end: () => PromiseLike<void>) => void = onTestFinished,
): Promise<TestAdmin> {
  const parsed = Config.parse({ certs: 'unused', profile, admin: admin ?? {} })
  const clock = virtualClock(startOfTest)
  const feed = createFeed<GspEvent>()
  const kept = openResources('sqlite::memory:', parsed.limits)
  const store = feeding(kept, feed, clock.now)
  const log = { info: () => undefined, error: () => undefined }
  const operations = await openOperations(parsed, { store, clock, log })
  const app = createAdmin({
    config: { ...parsed, ...config, logLevel: 'silent' },
    certs: server,
    clock,
    store,
    ...operations,
    sightings: createSightings(),
    feed,
    lfdi: server.lfdi,
    url: () => 'https://localhost:8443',
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  atEnd(async () => {
    feed[Symbol.dispose]()
    await app.close()
    await operations[Symbol.asyncDispose]()
    await kept[Symbol.asyncDispose]()
  })
  const as = (certs: Credentials): Client => {
    const client = createClient({ origin: url, certs })
    atEnd(() => client[Symbol.asyncDispose]())
    return client
  }
  const client = as(operator)
  return {
    url,
    store,
    clock,
    as,
    client,
    device: newDevice,
    call: (method, path, body) => call(client, { method, path, body }),
  }
}

type Call = Readonly<{ method: string; path: string; body?: unknown }>

async function call(client: Client, { method, path, body }: Call): Promise<Answer> {
  const isEmpty = body === undefined
  const headers = { accept: '*/*', ...(!isEmpty && { 'content-type': 'application/json' }) }
  const reply = await client.request({
    method: method as 'GET',
    path,
    headers,
    ...(!isEmpty && { body: JSON.stringify(body) }),
  })
  const text = reply.body.toString()
  const isJson = reply.type?.includes('json') ?? false
  return { status: reply.status, headers: reply.headers, body: isJson ? JSON.parse(text) : text }
}

let serial = 0

function newDevice(): Credentials {
  return issueDevice(pki, { serial: `${++serial}` })
}

/** An LFDI that no test had before. */
export function freshLfdi(): Lfdi {
  return parseLfdi(`A${(++serial).toString(16).padStart(39, '0')}`)
}
