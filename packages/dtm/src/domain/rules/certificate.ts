import { fired } from './rule-finding.ts'
import { nothing, type Rule } from './rule.ts'

/** ID-2: a certificate whose chain, time or use is not in order. */
export function validCertificate(): Rule {
  return ({ t, observation: { tls } }) => {
    if (!tls) return nothing
    const isExpired = tls.notAfter !== undefined && tls.notAfter < t
    const isBad = tls.chainOk === false || isExpired || isAboutCertificate(tls.error)
    return isBad
      ? [fired('ID-2', 'major', { evidence: { error: tls.error ?? (isExpired ? 'expired' : 'chain') } })]
      : nothing
  }
}

function isAboutCertificate(error = ''): boolean {
  return /expired|not[ _]yet[ _]valid|key[ _]usage|unsuitable certificate|self.?signed|unable[ _]to[ _](get|verify)|bad[ _]certificate|unknown[ _]ca|revoked/i.test(
    error,
  )
}

/** What IEEE 2030.5 makes mandatory, under its names, and the other suite of its profile that this platform speaks. */
const usualCiphers = [
  'ECDHE-ECDSA-AES128-CCM8',
  'ECDHE-ECDSA-AES128-CCM-8',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
]

/** ID-8: a protocol too old, or a cipher that is not allowed. */
export function allowedCipher({ ciphers = usualCiphers }: Readonly<{ ciphers?: readonly string[] }> = {}): Rule {
  const allowed = new Set(ciphers)
  return ({ observation: { tls } }) => {
    if (!tls || tls.error !== undefined) return nothing
    const { version, cipher } = tls
    const isOld = version !== undefined && /^(SSLv|TLSv1$|TLSv1\.[01]$)/.test(version)
    if (!isOld && (cipher === undefined || allowed.has(cipher))) return nothing
    return [fired('ID-8', 'moderate', { evidence: { version: version ?? '', cipher: cipher ?? '' } })]
  }
}
