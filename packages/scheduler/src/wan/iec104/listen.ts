import { once } from 'node:events'
import { type AddressInfo, createServer as createPlainServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { lfdiOn, loadCredentials, type Logger, secureContext } from '@gridloom/kit'
import type { Config } from '../../config.ts'

type Listening = Readonly<{ port: number; close(): Promise<void> }>

/** Takes connections of control centres that may connect: over TCP, or over TLS as IEC 62351-3 has it, both ends with certificates. */
export async function listen(
  { listen: { host, port }, tls, clients }: NonNullable<Config['iec104']>,
  log: Logger,
  attend: (socket: Socket) => void,
): Promise<Listening> {
  const known = new Set<string>(tls?.lfdi.map((one) => one.toUpperCase()))
  const isWelcome = (socket: Socket): boolean => {
    const isPlaceKnown = clients.length === 0 || clients.includes(addressOf(socket))
    return isPlaceKnown && (known.size === 0 || known.has(lfdiOn(socket) ?? ''))
  }
  const take = (socket: Socket): void => {
    socket.on('error', () => socket.destroy())
    if (isWelcome(socket)) return attend(socket)
    log.warn({ peer: addressOf(socket) }, 'control centre refused')
    socket.destroy()
  }
  const shown = { requestCert: true, rejectUnauthorized: true, handshakeTimeout: 10_000 }
  const server = tls
    ? createTlsServer({ ...secureContext(loadCredentials(tls.certs)), ...shown }, take)
    : createPlainServer(take)
  server.on('tlsClientError', (err: Error) => log.warn({ err }, 'control centre without a certificate that holds'))
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

export function addressOf({ remoteAddress }: Socket): string {
  return (remoteAddress ?? '').replace('::ffff:', '')
}
