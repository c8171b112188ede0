import type { SecureContextOptions } from 'node:tls'
import { formatCertificates, loadCredentials, type Credentials } from '../pki/credentials.ts'

export type TlsVersions = Readonly<{ maxVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined }>

// CCM_8 is the suite that 2030.5 demands; OpenSSL 3 has it at security level 0 only. All others here are stronger.
const ciphers = [
  'ECDHE-ECDSA-AES128-CCM8',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  '@SECLEVEL=0',
].join(':')

/** What both ends of a connection have in common: the suites, curve and versions of the profile, and who they are. */
export function secureContext(credentials: Credentials, { maxVersion = 'TLSv1.2' }: TlsVersions = {}) {
  return {
    key: credentials.key.export({ type: 'pkcs8', format: 'pem' }),
    cert: formatCertificates(credentials.chain),
    ca: formatCertificates(credentials.anchors),
    ciphers,
    ecdhCurve: 'P-256',
    honorCipherOrder: true,
    minVersion: 'TLSv1.2',
    maxVersion,
  } satisfies SecureContextOptions
}

export function credentialsFrom(certs: string | Credentials): Credentials {
  return typeof certs === 'string' ? loadCredentials(certs) : certs
}
