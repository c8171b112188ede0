import { createClient, createPki, issueAggregator, issueDevice, issueServer, virtualClock } from '@gridloom/kit'
import type { Client, Credentials, Reply, VirtualClock } from '@gridloom/kit'
import { decode, encode, type Element, type Profile } from '@gridloom/sep2030'
import { onTestFinished } from 'vitest'
import { Config } from '../config.ts'
import { createFace } from '../face.ts'
import { openOperations } from '../operations/open-operations.ts'
import { openResources } from '../store/open-resources.ts'
import type { ResourceStore } from '../store/resources.ts'
import { createSightings } from '../store/sightings.ts'

const pki = createPki()
const serverCredentials = issueServer(pki, { name: 'gsp' })
let serial = 0

/** A client with its certificate, and the words of the wire: documents in, documents out. */
export type Peer = Readonly<{
  credentials: Credentials
  client: Client
  get<T>(element: Element<T>, path: string): Promise<T>
  put<T>(path: string, element: Element<T>, value: T): Promise<Reply>
  post<T>(path: string, element: Element<T>, value: T): Promise<Reply>
}>

export type TestServer = Readonly<{
  url: string
  store: ResourceStore
  clock: VirtualClock
  /** A new device, or another connection of one. */
  device(credentials?: Credentials): Peer
  aggregator(): Peer
}>

export type TestOptions = Readonly<{ profile?: Profile; config?: Partial<Config>; store?: string }>

export const startOfTest = 1_800_000_000

/** The 2030.5 face over real mutual TLS with a real store, on a clock that stands still. */
export async function testServer({
  profile = 'csipaus-1.2',
  config,
  store: url = 'sqlite::memory:',
}: TestOptions = {}): Promise<TestServer> {
  const parsed = { ...Config.parse({ certs: 'unused', profile }), ...config }
  const clock = virtualClock(startOfTest)
  const store = openResources(url, parsed.limits)
  const log = { info: () => undefined, error: () => undefined }
  const operations = await openOperations(parsed, { store, clock, log })
  const face = createFace(
    { ...parsed, logLevel: 'silent' },
    { clock, store, sightings: createSightings(), reservations: operations.reservations, certs: serverCredentials },
  )
  const origin = await face.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    await face.close()
    await operations[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })
  const peer = (credentials: Credentials): Peer => peerOf(origin, credentials, profile)
  return {
    url: origin,
    store,
    clock,
    device: (credentials) => peer(credentials ?? issueDevice(pki, { serial: `${++serial}` })),
    aggregator: () => peer(issueAggregator(pki, { name: `aggregator ${++serial}` })),
  }
}

function peerOf(origin: string, certs: Credentials, profile: Profile): Peer {
  const client = createClient({ origin, certs })
  onTestFinished(() => client[Symbol.asyncDispose]())
  return {
    credentials: certs,
    client,
    get: async (element, path) => {
      const { status, body } = await client.get(path)
      if (status !== 200) throw new Error(`GET ${path} answered ${status}`)
      return decode(element, body, { profile })
    },
    put: (path, element, value) => client.put(path, encode(element, value, { profile })),
    post: (path, element, value) => client.post(path, encode(element, value, { profile })),
  }
}
