import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'

/** The chain that the peer's certificate was verified by: leaf first, root last. */
export function presentedChain(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  let next = socket.getPeerX509Certificate()
  while (next && next.fingerprint256 !== chain.at(-1)?.fingerprint256) {
    chain.push(next)
    next = next.issuerCertificate
  }
  return chain
}
