import type { Lfdi } from '@gridloom/sep2030'
import type { Credentials } from '../pki/credentials.ts'

export type ClientOptions = Readonly<{
  origin: string
  certs: string | Credentials
  /** The name to look for in the server's certificate: the origin's host by default; false looks for none. */
  serverName?: string | false
  /** Accepts only the server with this LFDI. */
  serverLfdi?: Lfdi
  tls?: Readonly<{ maxVersion?: 'TLSv1.2' | 'TLSv1.3' }>
  connectSeconds?: number
  totalSeconds?: number
  keepAliveSeconds?: number
  bodyBytes?: number
}>

export type Outgoing = Readonly<{
  method: string
  path: string
  headers?: Readonly<Record<string, string>>
  type?: string
  body?: Uint8Array | string
  signal?: AbortSignal
}>

/** Every HTTP status is a value; `location` of a redirect is told, not followed. */
export type Reply = Readonly<{
  status: number
  headers: Readonly<Record<string, string>>
  type?: string
  location?: string
  /** Seconds, from Retry-After. */
  retryAfter?: number
  body: Buffer
}>

export type Client = AsyncDisposable &
  Readonly<{
    origin: string
    request(outgoing: Outgoing): Promise<Reply>
    /** Accepts application/sep+xml unless headers say otherwise. */
    get(path: string, signal?: AbortSignal): Promise<Reply>
    put(path: string, body: Uint8Array | string, signal?: AbortSignal): Promise<Reply>
    post(path: string, body: Uint8Array | string, signal?: AbortSignal): Promise<Reply>
    delete(path: string, signal?: AbortSignal): Promise<Reply>
  }>

export declare function createClient(options: ClientOptions): Client

export type ClientErrorCode =
  | 'refused'
  | 'timeout'
  | 'reset'
  | 'tls'
  | 'aborted'
  | 'too-large'
  | 'protocol'
  | 'unavailable'
export declare class ClientError extends Error {
  override readonly name: 'ClientError'
  readonly code: ClientErrorCode
  readonly retryAfter?: number
  constructor(code: ClientErrorCode, message: string, options?: ErrorOptions & { retryAfter?: number })
}
