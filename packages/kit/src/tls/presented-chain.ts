import type { X509Certificate } from 'node:crypto'
import type { Server, TLSSocket } from 'node:tls'

export type PresentedChain = (socket: TLSSocket) => readonly X509Certificate[]

/**
 * Remembers what each client of a server presents: the leaf first, a root only if it was sent. Node hands the chain out once,
 * and from 24.21 takes it for itself before `secureConnection` (nodejs/node#65579). The event before that which names the
 * socket is `keylog`: its key material is not looked at.
 */
export function rememberChains(server: Server): PresentedChain {
  const chains = new WeakMap<TLSSocket, readonly X509Certificate[]>()
  const awaited = new WeakSet<TLSSocket>()
  server.on('keylog', (_line, socket) => {
    if (awaited.has(socket)) return
    awaited.add(socket)
    socket.prependOnceListener('secure', () => chains.set(socket, readChain(socket)))
  })
  return (socket) => chains.get(socket) ?? []
}

function readChain(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  for (let next = socket.getPeerX509Certificate(); next; next = next.issuerCertificate) chain.push(next)
  return chain
}
