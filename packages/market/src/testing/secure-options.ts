import type { Credentials } from '@gridloom/kit'

/** What Node's own client needs to show a certificate in the profile of the network. */
export function secureOptions({ key, chain, anchors }: Credentials) {
  return {
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    cert: chain.map(String).join('\n'),
    ca: anchors.map(String),
    ciphers: 'ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0',
    maxVersion: 'TLSv1.2',
  } as const
}
