import { constants, type X509Certificate } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { RequestListener } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type { Credentials } from '../pki/credentials.ts'
import { chainFault } from '../tls/chain-fault.ts'
import { rememberChains, type PresentedChain } from '../tls/presented-chain.ts'
import { secureContext, type TlsVersions } from '../tls/profile.ts'
import { handshakeOf, type Handshake } from './handshake.ts'
import type { CountRefusal } from './metrics.ts'

export type ListenerOptions = Readonly<{
  credentials: Credentials
  tls?: TlsVersions | undefined
  /** False on a face for bearers of a token: such a listener asks nobody for a certificate. */
  asksCertificate: boolean
  keepAliveSeconds: number
  log: FastifyBaseLogger
  countRefusal: CountRefusal
  /** Told of every handshake, whether it went well or not. */
  onHandshake?: ((handshake: Handshake) => void) | undefined
}>

/** An HTTPS server of the 2030.5 profile, which lets no request be read from a chain that is not of the profile. */
export function createListener(options: ListenerOptions, handler: RequestListener): Server {
  const { credentials, tls, asksCertificate, keepAliveSeconds } = options
  const server = createServer(
    {
      ...secureContext(credentials, tls),
      ...(asksCertificate && { requestCert: true, rejectUnauthorized: true }),
      // No resumption: a resumed session would show no chain to look at, and would outlive the certificate's end.
      secureOptions: constants.SSL_OP_NO_TICKET,
      handshakeTimeout: 10_000,
      keepAliveTimeout: keepAliveSeconds * 1000,
      headersTimeout: 60_000,
      requestTimeout: 120_000,
      requireHostHeader: false, // the gate refuses it, with the error body of the face
    },
    handler,
  )
  const chainOf = asksCertificate ? rememberChains(server) : nobody
  if (asksCertificate) guardChains(server, options, chainOf)
  server.on('tlsClientError', (err, socket) => {
    const { remoteAddress } = socket
    options.countRefusal('handshake')
    options.log.info({ remoteAddress, reason: err.message }, 'handshake refused')
    // Node ends a connection whose certificate it refuses, and keeps the reason at the socket
    const reason = String(socket.authorizationError ?? err.message)
    options.onHandshake?.(handshakeOf(socket, chainOf(socket)[0], reason))
  })
  return server
}

const nobody = (): readonly X509Certificate[] => []

/** Ends a connection whose chain is not of the profile before Node's own listener can read a request from it. */
function guardChains(server: Server, options: ListenerOptions, chainOf: PresentedChain): void {
  const { credentials, log, countRefusal, onHandshake } = options
  server.prependListener('secureConnection', (socket) => {
    const chain = chainOf(socket)
    const reason = chainFault(chain, credentials.anchors)
    onHandshake?.(handshakeOf(socket, chain[0], reason))
    if (reason === undefined) return
    countRefusal('chain')
    log.warn({ remoteAddress: socket.remoteAddress, reason }, 'certificate chain refused')
    socket.destroy()
  })
}
