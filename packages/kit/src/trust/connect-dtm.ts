import { parseLfdi } from '@gridloom/sep2030'
import { createClient, type Client } from '../client/create-client.ts'
import type { DtmConfig } from '../config/parts.ts'
import type { Credentials } from '../pki/credentials.ts'
import type { TlsVersions } from '../tls/profile.ts'

export type DtmConnection = Readonly<{
  config: Pick<DtmConfig, 'url' | 'name' | 'lfdi'>
  certs: Credentials
  tls?: TlsVersions | undefined
}>

/** A connection to the DTM, for what is not a report. */
export function connectDtm({ config: { url, name, lfdi }, certs, tls }: DtmConnection): Client {
  return createClient({
    origin: url,
    certs,
    tls,
    mediaType: 'application/json',
    totalSeconds: 10,
    ...(name !== undefined && { serverName: name }),
    ...(lfdi !== undefined && { serverLfdi: parseLfdi(lfdi) }),
  })
}
