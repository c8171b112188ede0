import { connect } from 'node:tls'
import type { Credentials } from '@gridloom/kit'

/** Sends bytes that no HTTP client would and gives the head of the answer. */
export async function rawRequest(url: string, { key, chain, anchors }: Credentials, text: string): Promise<string> {
  const socket = connect({
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    cert: chain.map(String).join('\n'),
    ca: anchors.map(String),
    servername: 'localhost',
    ciphers: 'ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0',
    maxVersion: 'TLSv1.2',
  })
  socket.write(text)
  for await (const data of socket) return String(data)
  return ''
}
