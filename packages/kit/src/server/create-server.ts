import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import type { Credentials } from '../pki/credentials.ts'
import type { Peer } from './peer.ts'

export type App = FastifyInstance

/** What went wrong, ready to be written in the wire format of a face. */
export type Failure = Readonly<{ status: number; code: string; message: string; path?: string; retryAfter?: number }>
export type FailureBody = Readonly<{ type: string; body: Buffer | string }>

export type Limits = Readonly<{
  bodyBytes?: number
  /** Token bucket per client. */ perSecond?: number
  burst?: number
}>

export type ServerOptions = Readonly<{
  name: string
  /** A credentials folder, or what was loaded from one. */
  certs: string | Credentials
  /** Who may connect: clients with a certificate under our anchors (and, where given, allowed), or bearers of a token. */
  clients?: Readonly<{ kind: 'certificate'; allow?: (peer: Peer) => boolean } | { kind: 'token'; token: string }>
  tls?: Readonly<{ maxVersion?: 'TLSv1.2' | 'TLSv1.3' }>
  limits?: Limits
  keepAliveSeconds?: number
  stopSeconds?: number
  logLevel?: string
  log?: FastifyBaseLogger
  /** Writes an error body; JSON {error:{code,message,path}} by default. */
  failureBody?: (failure: Failure, request?: FastifyRequest) => FailureBody
  /** Serve /metrics on this face too: not where devices connect. */
  exposeMetrics?: boolean
}>

export declare function createServer(options: ServerOptions): App
