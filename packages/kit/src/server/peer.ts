import type { X509Certificate } from 'node:crypto'
import type { Lfdi, Sfdi } from '@gridloom/sep2030'
import type { FastifyRequest } from 'fastify'

/** Who speaks: known from the client certificate alone. */
export type Peer = Readonly<{
  lfdi: Lfdi
  sfdi: Sfdi
  certificate: X509Certificate
  commonName?: string
  policies: readonly string[]
}>
export type Identify = (request: FastifyRequest) => Lfdi

/** The peer's LFDI, cached per connection; SepError 'forbidden' without a client certificate. */
export declare const peerLfdi: Identify
export declare function peerOf(request: FastifyRequest): Peer
