import { randomUUID } from 'node:crypto'
import type { TrustRole } from '@gridloom/contracts'
import type { Lfdi } from '@gridloom/sep2030'
import { ClientError } from '../client/client-error.ts'
import type { Client, Outgoing, Reply } from '../client/create-client.ts'
import type { Clock } from '../time/clock.ts'
import { bodyFacts } from './observe-server.ts'
import type { Observer, Sighting } from './sighting.ts'

export type ObserveClientOptions = Readonly<{
  observer: Observer
  clock: Clock
  /** Who asks, by the certificate of the client. */
  self: Readonly<{ role: TrustRole; id: Lfdi }>
}>

/**
 * The same client, which gives each request a correlation id and reports it with its answer. A request without an answer is not
 * reported: nobody knows whether it came to the other end. A server whose certificate is refused is.
 */
export function observeClient(client: Client, options: ObserveClientOptions): Client {
  const { observer, clock } = options
  const request = async (outgoing: Outgoing, signal?: AbortSignal): Promise<Reply> => {
    const corr = randomUUID()
    const sentAt = clock.exact()
    const marked = { ...outgoing, headers: { ...outgoing.headers, 'x-correlation-id': corr } }
    try {
      const reply = await client.request(marked, signal)
      for (const sighting of exchangeOf(client, { outgoing, reply, corr, sentAt }, options)) observer(sighting)
      return reply
    } catch (error) {
      if (error instanceof ClientError && error.code === 'tls') observer(refusedHandshake(client, error, options))
      throw error
    }
  }
  return {
    ...client,
    request,
    get: (path, signal) => request({ method: 'GET', path }, signal),
    put: (path, body, signal) => request({ method: 'PUT', path, body }, signal),
    post: (path, body, signal) => request({ method: 'POST', path, body }, signal),
    delete: (path, signal) => request({ method: 'DELETE', path }, signal),
  }
}

type Exchange = Readonly<{ outgoing: Outgoing; reply: Reply; corr: string; sentAt: number }>

function exchangeOf(
  client: Client,
  { outgoing: { method, path, body, headers }, reply, corr, sentAt }: Exchange,
  { clock, self }: ObserveClientOptions,
): readonly Sighting[] {
  const id = client.server()
  if (id === undefined) return []
  const gsp = { role: 'GSP', id } as const
  const common = { leg: 'GSP-DCM', corr, method, path: path.slice(0, 2048) } as const
  const sentType = headers?.['content-type'] ?? 'application/sep+xml'
  return [
    { ...common, kind: 'request', from: self, to: gsp, observedAt: sentAt, ...bodyFacts(body, sentType) },
    {
      ...common,
      kind: 'response',
      from: gsp,
      to: self,
      status: reply.status,
      observedAt: clock.exact(),
      ...bodyFacts(reply.body, reply.type),
    },
  ]
}

/** Whoever answers there is known by address alone: a certificate that is refused proves nothing. */
function refusedHandshake(client: Client, error: ClientError, { self }: ObserveClientOptions): Sighting {
  const from = { role: 'UNKNOWN', id: `addr/${new URL(client.origin).hostname}` } as const
  return { leg: 'TLS', kind: 'handshake', from, to: self, tls: { chainOk: false, error: error.message.slice(0, 300) } }
}
