import type { X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import { lfdiOf, SepError, sfdiOf, type Lfdi, type Sfdi } from '@gridloom/sep2030'
import type { FastifyRequest } from 'fastify'
import { policiesOf } from '../pki/presented.ts'

/** Who speaks, known from the client certificate alone. */
export type Peer = Readonly<{
  lfdi: Lfdi
  sfdi: Sfdi
  certificate: X509Certificate
  commonName?: string
  policies: readonly string[]
}>
export type Identify = (request: FastifyRequest) => Lfdi

// A connection has one peer: whatever is worked out from its certificate is kept as long as the socket.
const lfdis = new WeakMap<object, Lfdi>()
const peers = new WeakMap<object, Peer>()

/** The LFDI of the client's certificate; SepError 'forbidden' when it showed none. */
export const peerLfdi: Identify = ({ raw: { socket } }) => {
  const lfdi = lfdiOn(socket)
  if (lfdi === undefined) throw new SepError('forbidden', 'the connection has no client certificate')
  return lfdi
}

/** The LFDI of the other end of a connection, if it has shown a certificate. */
export function lfdiOn(socket: object): Lfdi | undefined {
  const known = lfdis.get(socket)
  if (known) return known
  const certificate = certificateOn(socket)
  if (!certificate) return undefined
  const lfdi = lfdiOf(certificate)
  lfdis.set(socket, lfdi)
  return lfdi
}

export function peerOf(request: FastifyRequest): Peer {
  const { socket } = request.raw
  const known = peers.get(socket)
  if (known) return known
  const lfdi = peerLfdi(request)
  const certificate = certificateOn(socket)
  if (!certificate) throw new SepError('forbidden', 'the connection has no client certificate')
  const commonName = /^CN=(.*)$/m.exec(certificate.subject ?? '')?.[1]
  const peer = {
    lfdi,
    sfdi: sfdiOf(lfdi),
    certificate,
    policies: policiesOf(certificate),
    ...(commonName && { commonName }),
  }
  peers.set(socket, peer)
  return peer
}

function certificateOn(socket: object): X509Certificate | undefined {
  return socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
}
