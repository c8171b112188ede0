import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { createKey, encodeName, signCertificate, subjectOf, type Name, type Validity } from './certificate.ts'
import { authority, authorityKey, policies, subjectKey, type Extension } from './extensions.ts'
import { policy } from './oids.ts'

/** A certificate authority; `chain` is what goes with a leaf: its own certificate and those above, without the root. */
export type Authority = Readonly<{
  key: KeyObject
  certificate: X509Certificate
  chain: readonly X509Certificate[]
  root: X509Certificate
}>

export type IntermediateOptions = Validity &
  Readonly<{
    name: Name
    pathLength: number
    policies: readonly string[]
    /** Further extensions, as foreign authorities carry them. */
    more?: readonly Extension[]
  }>

/** The trust anchor (SERCA): any policy, no bound on the path. */
export function createRoot(name: Name, validity: Validity = {}): Authority {
  const key = createKey()
  const publicKey = createPublicKey(key)
  const subject = encodeName(name)
  const extensions = [...authority(undefined), policies(policy.any), subjectKey(publicKey)]
  const root = signCertificate({ issuer: subject, subject, publicKey, extensions, ...validity }, key)
  return { key, certificate: root, chain: [], root }
}

/** An authority below another: MCA (path length 1), MICA or a services CA (path length 0). */
export function createIntermediate(issuer: Authority, options: IntermediateOptions): Authority {
  const { name, pathLength, more = [], ...validity } = options
  const key = createKey()
  const publicKey = createPublicKey(key)
  const extensions = [
    ...authority(pathLength),
    policies(...options.policies),
    subjectKey(publicKey),
    authorityKey(issuer.certificate.publicKey),
    ...more,
  ]
  const content = { issuer: subjectOf(issuer.certificate), subject: encodeName(name), publicKey, extensions }
  const certificate = signCertificate({ ...content, ...validity }, issuer.key)
  return { key, certificate, chain: [certificate, ...issuer.chain], root: issuer.root }
}
