import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Failure } from './failure.ts'
import { peerOf, type Peer } from './peer.ts'

/**
 * Who may speak to a face. With certificates the handshake already keeps out whoever has none under our anchors, and `allow`
 * may narrow that down; with a token the server asks for no certificate at all. One listener never does both.
 */
export type Clients = Readonly<
  { kind: 'certificate'; allow?: ((peer: Peer) => boolean) | undefined } | { kind: 'token'; token: string }
>

export type Refuse = (request: FastifyRequest) => Failure | undefined

/** The check that every request of a face passes; undefined where the handshake has decided all. */
export function accessCheck(clients: Clients): Refuse | undefined {
  switch (clients.kind) {
    case 'certificate':
      return clients.allow && certificateCheck(clients.allow)
    case 'token':
      return tokenCheck(clients.token)
    default:
      return clients satisfies never
  }
}

function certificateCheck(allow: (peer: Peer) => boolean): Refuse {
  const refusal = { status: 403, code: 'forbidden', message: 'this certificate may not use this service' }
  return (request) => (allow(peerOf(request)) ? undefined : refusal)
}

function tokenCheck(token: string): Refuse {
  const expected = digest(`Bearer ${token}`)
  const refusal = {
    status: 401,
    code: 'unauthorized',
    message: 'a valid bearer token is required',
    challenge: 'Bearer',
  }
  return ({ headers: { authorization = '' } }) =>
    timingSafeEqual(digest(authorization), expected) ? undefined : refusal
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
