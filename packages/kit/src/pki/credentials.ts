import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lfdiOf, parsePin, sfdiOf, type Lfdi, type Pin, type Sfdi } from '@gridloom/sep2030'

/** What one end of a connection shows and trusts: a folder with key.pem, cert.pem and ca.pem. */
export type Credentials = Readonly<{
  key: KeyObject
  /** The leaf: the LFDI is that of its DER. */
  certificate: X509Certificate
  /** The leaf, then its intermediates: as cert.pem has them and as they are presented. */
  chain: readonly X509Certificate[]
  anchors: readonly X509Certificate[]
  lfdi: Lfdi
  sfdi: Sfdi
  /** A device's registration PIN, when pin.txt is beside its key. */
  pin?: Pin
}>

export type CredentialParts = Pick<Credentials, 'key' | 'chain' | 'anchors'> & Readonly<{ pin?: Pin | undefined }>

export function credentialsOf({ key, chain, anchors, pin }: CredentialParts): Credentials {
  const [certificate] = chain
  if (!certificate) throw new TypeError('credentials without a certificate')
  if (!certificate.checkPrivateKey(key)) throw new TypeError('the private key does not belong to the certificate')
  const lfdi = lfdiOf(certificate)
  return { key, certificate, chain, anchors, lfdi, sfdi: sfdiOf(lfdi), ...(pin !== undefined && { pin }) }
}

export function loadCredentials(folder: string): Credentials {
  const pinFile = join(folder, 'pin.txt')
  const pin = existsSync(pinFile) ? parsePin(readFileSync(pinFile, 'utf8').trim()) : undefined
  const file = (name: string): string => join(folder, name)
  return readCredentials({ key: file('key.pem'), cert: file('cert.pem'), ca: file('ca.pem'), pin })
}

export type CredentialFiles = Readonly<{ key: string; cert: string; ca: string; pin?: Pin | undefined }>

export function readCredentials({ key, cert, ca, pin }: CredentialFiles): Credentials {
  const [chain, anchors] = [cert, ca].map((file) => parseCertificates(readFileSync(file, 'utf8')))
  if (!chain?.length) throw new TypeError(`no certificate in "${cert}"`)
  if (!anchors?.length) throw new TypeError(`no trust anchor in "${ca}"`)
  return credentialsOf({ key: createPrivateKey(readFileSync(key)), chain, anchors, pin })
}

export function writeCredentials(folder: string, { key, chain, anchors, pin }: CredentialParts): void {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string, mode: number): void => writeFileSync(join(folder, name), text, { mode })
  write('key.pem', key.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
  write('cert.pem', formatCertificates(chain), 0o644)
  write('ca.pem', formatCertificates(anchors), 0o644)
  if (pin !== undefined) write('pin.txt', `${String(pin).padStart(6, '0')}\n`, 0o600)
}

/** All certificates of a PEM text, in order; anything around them is skipped. */
export function parseCertificates(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return blocks.map((block) => new X509Certificate(block))
}

export function formatCertificates(certificates: readonly X509Certificate[]): string {
  return certificates.map(String).join('')
}
