import type { X509Certificate } from 'node:crypto'
import { extension } from '../pki/oids.ts'
import { extensionsOf } from '../pki/presented.ts'

/**
 * Why a chain that OpenSSL takes is none of the 2030.5 profile (CSIP tests COMM-004 D to G); undefined when it is one.
 * The anchors themselves are trusted as they are, but one of them has to be the end of what is looked at.
 */
export function chainFault(chain: readonly X509Certificate[], anchors: readonly X509Certificate[]): string | undefined {
  const [leaf, ...issuers] = chain
  if (!leaf) return 'the certificate chain is not known'
  const trusted = new Set(anchors.map(({ fingerprint256 }) => fingerprint256))
  const between = issuers.filter(({ fingerprint256 }) => !trusted.has(fingerprint256))
  const fault = leafFault(leaf) ?? between.map(issuerFault).find((each) => each !== undefined)
  if (fault !== undefined) return fault
  const isWhole = chain.some((each) => anchors.some((anchor) => each.checkIssued(anchor)))
  return isWhole ? undefined : 'the certificate chain does not reach a trust anchor'
}

function leafFault(leaf: X509Certificate): string | undefined {
  if (leaf.ca) return 'the certificate is an authority, not a device'
  if (leaf.subject === leaf.issuer && leaf.verify(leaf.publicKey)) return 'the certificate is self-signed'
  const found = extensionsOf(leaf).find(
    ({ oid }) => oid === extension.nameConstraints || oid === extension.policyMappings,
  )
  return found && `the certificate carries ${nameOf(found.oid)}`
}

function issuerFault(issuer: X509Certificate): string | undefined {
  const known = faults.get(issuer.fingerprint256)
  if (known !== undefined) return known || undefined
  const fault = findIssuerFault(issuer)
  if (faults.size >= 1000) faults.clear()
  faults.set(issuer.fingerprint256, fault ?? '')
  return fault
}

// Authorities are few and the same on every connection: each is looked at once.
const faults = new Map<string, string>()

function findIssuerFault(issuer: X509Certificate): string | undefined {
  for (const { oid, critical } of extensionsOf(issuer)) {
    const mustBeCritical = oid === extension.nameConstraints || oid === extension.policyMappings
    if (mustBeCritical && !critical) return `an issuing authority has ${nameOf(oid)} that is not critical`
    if (oid === extension.extendedKeyUsage && critical) return `an issuing authority has a critical ${nameOf(oid)}`
  }
  return undefined
}

function nameOf(oid: string): string {
  return Object.entries(extension).find(([, known]) => known === oid)?.[0] ?? oid
}
