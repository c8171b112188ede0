import { ClientError, createClient, type Client, type Credentials, type Reply } from '@gridloom/kit'
import { decode, EndDeviceList, encode, type Element, type EndDevice } from '@gridloom/sep2030'
import type { Rig } from '../rig.ts'

/** A 2030.5 client that is up to no good: one connection under one certificate, no faster than the rig allows. */
export type Insider = AsyncDisposable &
  Readonly<{
    client: Client
    get(path: string): Promise<Reply>
    send<T>(method: 'PUT' | 'POST', path: string, type: Element<T>, value: T): Promise<Reply>
  }>

export function openInsider(rig: Rig, certs: Credentials, signal: AbortSignal): Insider {
  const { origin, serverName } = rig.server
  const client = createClient({ origin, certs, ...(serverName !== undefined && { serverName }) })
  const paced = pace(rig, signal)
  return {
    client,
    async get(path) {
      await paced()
      return client.get(path, signal)
    },
    async send(method, path, type, value) {
      await paced()
      return client.request({ method, path, body: encode(type, value) }, signal)
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

/** Waits as long as the rate of the rig demands, in real seconds. */
function pace({ perSecond }: Rig, signal: AbortSignal): () => Promise<void> {
  let next = performance.now()
  return async () => {
    signal.throwIfAborted()
    const wait = next - performance.now()
    next = Math.max(next, performance.now()) + 1000 / perSecond
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

/** The entry of the device under whose certificate we speak. */
export async function ownEntry(insider: Insider): Promise<EndDevice & Readonly<{ href: string }>> {
  const reply = await insider.get('/edev?s=0&l=1')
  if (reply.status !== 200) throw new Error(`GET /edev was answered ${reply.status}`)
  const [entry] = decode(EndDeviceList, reply.body, { unknown: 'skip' }).EndDevice ?? []
  if (entry?.href === undefined) throw new Error('the server has no entry for this device')
  return { ...entry, href: entry.href }
}

/** What comes of knocking with a certificate: the status of an answer, or why there was none. */
export async function knock(rig: Rig, certs: Credentials, signal: AbortSignal): Promise<string> {
  await using insider = openInsider(rig, certs, signal)
  try {
    return `was let in and answered ${(await insider.get('/dcap')).status}`
  } catch (error) {
    if (error instanceof ClientError && error.code !== 'aborted') return `was refused (${error.code})`
    throw error
  }
}
