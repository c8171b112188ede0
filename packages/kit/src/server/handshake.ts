import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { lfdiOf, type Lfdi } from '@gridloom/sep2030'

/** How a client's handshake went, for whoever watches who comes. */
export type Handshake = Readonly<{
  /** Of the client, without its port. */
  address?: string
  /** Of the certificate it showed, whether or not that was good enough. */
  lfdi?: Lfdi
  version?: string
  cipher?: string
  /** End of the certificate's validity, seconds since 1970. */
  notAfter?: number
  /** Why it was refused. */
  error?: string
}>

export function handshakeOf(socket: TLSSocket, leaf: X509Certificate | undefined, error?: string): Handshake {
  const address = socket.remoteAddress?.replace(/^::ffff:/, '')
  const version = socket.getProtocol()
  const { name: cipher } = socket.getCipher() ?? {}
  return {
    ...(address !== undefined && { address }),
    ...(leaf && { lfdi: lfdiOf(leaf), notAfter: Math.floor(Date.parse(leaf.validTo) / 1000) }),
    ...(version && { version }),
    ...(cipher !== undefined && { cipher }),
    ...(error !== undefined && { error }),
  }
}
