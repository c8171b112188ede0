import type { Lfdi } from '@gridloom/sep2030'
import { Client as Connection } from 'undici'
import type { Credentials } from '../pki/credentials.ts'
import { parseRetryAfter } from '../time/backoff.ts'
import { credentialsFrom, secureContext, type TlsVersions } from '../tls/profile.ts'
import { ClientError, clientErrorOf } from './client-error.ts'
import { identityCheck, type Expected } from './server-identity.ts'

export type ClientOptions = Expected &
  Readonly<{
    /** Scheme, host and port: `https://gsp.example:8443`. */
    origin: string
    /** A credentials folder, or what was loaded from one. */
    certs: string | Credentials
    /** What `get` accepts and what `put` and `post` send: application/sep+xml by default. */
    mediaType?: string | undefined
    tls?: TlsVersions | undefined
    connectSeconds?: number | undefined
    totalSeconds?: number | undefined
    /** How long an idle connection is used again: longer than a poll period, shorter than the server's own limit. */
    keepAliveSeconds?: number | undefined
    /** The longest answer that is read. */
    bodyBytes?: number | undefined
  }>

export type Outgoing = Readonly<{
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  headers?: Readonly<Record<string, string>>
  /** Sent with its Content-Length: small peers cannot read chunks. */
  body?: Uint8Array | string
}>

/** Every HTTP status is a value; a redirect is told, not followed. */
export type Reply = Readonly<{
  status: number
  headers: Readonly<Record<string, string>>
  type?: string
  location?: string
  /** Seconds, from Retry-After. */
  retryAfter?: number
  body: Buffer
}>

/** One connection to one server, requests one after the other; ClientError when there is no answer. */
export type Client = AsyncDisposable &
  Readonly<{
    origin: string
    /** The LFDI that the server showed when we last shook hands. */
    server(): Lfdi | undefined
    /** Shakes hands anew with the next request; the requests under way are still answered. */
    renew(): void
    request(outgoing: Outgoing, signal?: AbortSignal): Promise<Reply>
    get(path: string, signal?: AbortSignal): Promise<Reply>
    put(path: string, body: Uint8Array | string, signal?: AbortSignal): Promise<Reply>
    post(path: string, body: Uint8Array | string, signal?: AbortSignal): Promise<Reply>
    delete(path: string, signal?: AbortSignal): Promise<Reply>
  }>

export function createClient(options: ClientOptions): Client {
  const { mediaType = 'application/sep+xml', totalSeconds = 30 } = options
  const { origin } = new URL(options.origin)
  let shown: Lfdi | undefined
  const open = (): Connection => connect(origin, options, (lfdi) => void (shown = lfdi))
  let connection = open()

  const send = async (outgoing: Outgoing, signal?: AbortSignal): Promise<Reply> => {
    const limit = AbortSignal.timeout(totalSeconds * 1000)
    const { method, path, body = null } = outgoing
    const own = body === null ? { accept: mediaType } : { accept: mediaType, 'content-type': mediaType }
    try {
      const answer = await connection.request({
        method,
        path,
        body,
        reset: false, // undici would end the connection after a HEAD
        headers: { ...own, ...outgoing.headers },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      return replyOf(answer.statusCode, answer.headers, Buffer.from(await answer.body.arrayBuffer()))
    } catch (error) {
      throw clientErrorOf(error, `${method} ${origin}${path}`, signal)
    }
  }
  // A server may close an idle connection in the moment it is used again: what can be repeated is, once and at once.
  const request = async (outgoing: Outgoing, signal?: AbortSignal): Promise<Reply> => {
    try {
      return await send(outgoing, signal)
    } catch (error) {
      const repeats = outgoing.method !== 'POST' && error instanceof ClientError && error.code === 'reset'
      if (!repeats) throw error
      return send(outgoing, signal)
    }
  }

  return {
    origin,
    server: () => shown,
    renew() {
      void connection.close()
      connection = open()
    },
    request,
    get: (path, signal) => request({ method: 'GET', path }, signal),
    put: (path, body, signal) => request({ method: 'PUT', path, body }, signal),
    post: (path, body, signal) => request({ method: 'POST', path, body }, signal),
    delete: (path, signal) => request({ method: 'DELETE', path }, signal),
    [Symbol.asyncDispose]: () => connection.destroy(),
  }
}

function connect(origin: string, options: ClientOptions, shown: (lfdi: Lfdi) => void): Connection {
  const { connectSeconds = 10, totalSeconds = 30, keepAliveSeconds = 3000, bodyBytes = 8 * 1_048_576 } = options
  const milliseconds = totalSeconds * 1000
  const credentials = credentialsFrom(options.certs)
  return new Connection(origin, {
    connect: {
      ...secureContext(credentials, options.tls),
      ...(typeof options.serverName === 'string' && { servername: options.serverName }),
      checkServerIdentity: identityCheck(options, credentials.anchors, shown),
      timeout: connectSeconds * 1000,
      maxCachedSessions: 0, // Node does not check the identity of a resumed session again
    },
    pipelining: 1,
    keepAliveTimeout: keepAliveSeconds * 1000,
    keepAliveMaxTimeout: keepAliveSeconds * 1000,
    headersTimeout: milliseconds,
    bodyTimeout: milliseconds,
    maxResponseSize: bodyBytes,
  })
}

function replyOf(status: number, raw: Readonly<Record<string, string | string[] | undefined>>, body: Buffer): Reply {
  const headers = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, [value].flat().join(', ')]))
  const { 'content-type': type, location, 'retry-after': wait } = headers
  const retryAfter = parseRetryAfter(wait, Date.now() / 1000)
  return {
    status,
    headers,
    ...(type !== undefined && { type }),
    ...(location !== undefined && { location }),
    ...(retryAfter !== undefined && { retryAfter }),
    body,
  }
}
