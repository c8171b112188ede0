import { generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto'
import { bits, explicit, fromDer, integer, membersOf, oid, sequence, set, time, toDer, utf8, type Asn1 } from './der.ts'
import { encodeExtension, type Extension } from './extensions.ts'
import { commonName, ecdsaWithSha256, organizationName } from './oids.ts'

/** A distinguished name; a device's is empty. */
export type Name = Readonly<{ organization?: string; common?: string }>
export type Validity = Readonly<{ notBefore?: Date; notAfter?: Date }>
export type CertificateContent = Validity &
  Readonly<{ issuer: Asn1; subject: Asn1; publicKey: KeyObject; extensions: readonly Extension[] }>

/** The date that stands for «no end» (RFC 5280 §4.1.2.5). */
const noEnd = new Date('9999-12-31T23:59:59Z')

export function createKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

/** Puts a certificate together and signs it with ECDSA and SHA-256. */
export function signCertificate(content: CertificateContent, issuerKey: KeyObject): X509Certificate {
  const algorithm = sequence(oid(ecdsaWithSha256))
  const body = sequence(
    explicit(0, integer(2)),
    integer(serialNumber()),
    algorithm,
    content.issuer,
    sequence(time(content.notBefore ?? yesterday()), time(content.notAfter ?? noEnd)),
    content.subject,
    fromDer(content.publicKey.export({ type: 'spki', format: 'der' })),
    explicit(3, sequence(...content.extensions.map(encodeExtension))),
  )
  const signature = sign('sha256', toDer(body), issuerKey)
  return new X509Certificate(toDer(sequence(body, algorithm, bits(signature))))
}

export function encodeName({ organization, common }: Name): Asn1 {
  const parts = [
    { type: organizationName, text: organization },
    { type: commonName, text: common },
  ]
  return sequence(...parts.flatMap(({ type, text }) => (text ? [set(sequence(oid(type), utf8(text)))] : [])))
}

/** The subject as it stands in a certificate, to be repeated as the issuer in those it signs. */
export function subjectOf(certificate: X509Certificate): Asn1 {
  const [body] = membersOf(fromDer(certificate.raw))
  const subject = membersOf(body)[5]
  if (!subject) throw new TypeError(`certificate without a subject: "${certificate.serialNumber}"`)
  return subject
}

function serialNumber(): Uint8Array {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40 // positive, and never shorter
  return bytes
}

// A day back, so that a peer whose clock is behind accepts the certificate at once.
function yesterday(): Date {
  return new Date(Date.now() - 86_400_000)
}
