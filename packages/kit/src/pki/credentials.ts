import type { KeyObject, X509Certificate } from 'node:crypto'
import type { Lfdi, Pin, Sfdi } from '@gridloom/sep2030'

/** What one end of a connection shows and trusts: a folder with key.pem, cert.pem (leaf, then intermediates) and ca.pem. */
export type Credentials = Readonly<{
  key: KeyObject
  certificate: X509Certificate
  /** The leaf and its intermediates, as they are presented. */
  chain: readonly X509Certificate[]
  anchors: readonly X509Certificate[]
  lfdi: Lfdi
  sfdi: Sfdi
  /** The registration PIN of a device, when pin.txt is beside its key. */
  pin?: Pin
}>

export declare function loadCredentials(folder: string): Credentials
export declare function writeCredentials(folder: string, credentials: Credentials): void
