import type { KeyObject, X509Certificate } from 'node:crypto'

/** A certificate authority: its own certificate first in `chain`, then those above it without the root. */
export type Authority = Readonly<{
  key: KeyObject
  certificate: X509Certificate
  chain: readonly X509Certificate[]
  root: X509Certificate
}>
export type Validity = Readonly<{ notBefore?: Date; notAfter?: Date }>
