import { constants } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { RequestListener } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type { Credentials } from '../pki/credentials.ts'
import { chainFault } from '../tls/chain-fault.ts'
import { rememberChains } from '../tls/presented-chain.ts'
import { secureContext, type TlsVersions } from '../tls/profile.ts'
import type { CountRefusal } from './metrics.ts'

export type ListenerOptions = Readonly<{
  credentials: Credentials
  tls?: TlsVersions | undefined
  /** False on a face for bearers of a token: such a listener asks nobody for a certificate. */
  asksCertificate: boolean
  keepAliveSeconds: number
  log: FastifyBaseLogger
  countRefusal: CountRefusal
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
  if (asksCertificate) guardChains(server, options)
  server.on('tlsClientError', (err, { remoteAddress }) => {
    options.countRefusal('handshake')
    options.log.info({ remoteAddress, reason: err.message }, 'handshake refused')
  })
  return server
}

/** Ends a connection whose chain is not of the profile before Node's own listener can read a request from it. */
function guardChains(server: Server, { credentials, log, countRefusal }: ListenerOptions): void {
  const chainOf = rememberChains(server)
  server.prependListener('secureConnection', (socket) => {
    const reason = chainFault(chainOf(socket), credentials.anchors)
    if (reason === undefined) return
    countRefusal('chain')
    log.warn({ remoteAddress: socket.remoteAddress, reason }, 'certificate chain refused')
    socket.destroy()
  })
}
