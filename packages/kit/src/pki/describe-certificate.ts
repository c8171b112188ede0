import type { X509Certificate } from 'node:crypto'
import { lfdiOf, sfdiOf, type Lfdi, type Sfdi } from '@gridloom/sep2030'
import { policiesOf } from './presented.ts'

/** What a person wants to know of a certificate. */
export type CertificateFacts = Readonly<{
  lfdi: Lfdi
  sfdi: Sfdi
  subject: string
  issuer: string
  names: string
  policies: readonly string[]
  validFrom: string
  validTo: string
}>

export function describeCertificate(certificate: X509Certificate): CertificateFacts {
  const lfdi = lfdiOf(certificate)
  return {
    lfdi,
    sfdi: sfdiOf(lfdi),
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: certificate.subjectAltName ?? '',
    policies: policiesOf(certificate),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
  }
}

// An empty subject is undefined in Node, against its type.
function nameOf(name: string | undefined): string {
  return name?.replaceAll('\n', ', ') ?? ''
}
