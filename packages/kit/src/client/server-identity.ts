import { X509Certificate } from 'node:crypto'
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls'
import { lfdiOf, type Lfdi } from '@gridloom/sep2030'
import { chainFault } from '../tls/chain-fault.ts'

export type Expected = Readonly<{
  /** The name to look for in the certificate: the origin's host by default. False looks for none: pin the LFDI then. */
  serverName?: string | false | undefined
  /** Takes the server with this LFDI and no other. */
  serverLfdi?: Lfdi | undefined
}>

type Check = (host: string, certificate: PeerCertificate) => Error | undefined

/** Looks at a server whose chain OpenSSL has verified: is it of the profile, and is it the one meant? `shown` hears who it is. */
export function identityCheck(
  { serverName, serverLfdi }: Expected,
  anchors: readonly X509Certificate[],
  shown: (lfdi: Lfdi) => void = () => undefined,
): Check {
  return (host, certificate) => {
    const fault = chainFault(chainOf(certificate), anchors)
    if (fault !== undefined) return refused(fault)
    const lfdi = lfdiOf(new X509Certificate(certificate.raw))
    shown(lfdi)
    if (serverLfdi !== undefined && lfdi !== serverLfdi) return refused(`the server is "${lfdi}", not "${serverLfdi}"`)
    return serverName === false ? undefined : checkServerIdentity(host, certificate)
  }
}

function refused(reason: string): Error {
  return Object.assign(new Error(reason), { code: 'ERR_CHAIN_REFUSED' })
}

function chainOf(certificate: PeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  for (let next: PeerCertificate | undefined = certificate; next?.raw; next = issuerOf(next)) {
    chain.push(new X509Certificate(next.raw))
  }
  return chain
}

// The root is its own issuer.
function issuerOf(certificate: PeerCertificate & Partial<DetailedPeerCertificate>): PeerCertificate | undefined {
  const { issuerCertificate } = certificate
  return issuerCertificate?.fingerprint256 === certificate.fingerprint256 ? undefined : issuerCertificate
}
