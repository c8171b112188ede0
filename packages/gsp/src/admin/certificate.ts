import { lfdiOf, SepError, type Lfdi } from '@gridloom/sep2030'
import { X509Certificate } from 'node:crypto'

/** The LFDI of a certificate in PEM that stands in this field of a body. */
export function lfdiOfPem(pem: string, path: string): Lfdi {
  try {
    return lfdiOf(new X509Certificate(pem))
  } catch (cause) {
    throw new SepError('invalid', 'not a certificate in PEM', { path, cause })
  }
}
