import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import { createLogger } from '../logger.ts'
import type { Credentials } from '../pki/credentials.ts'
import { createPki, issueDevice, issueServer } from '../pki/pki.ts'
import { secureContext } from '../tls/profile.ts'
import { createServer, type App, type ServerOptions } from './create-server.ts'

const pki = createPki()

/** One network for the tests of this folder: a server's credentials and a device's. */
export const server: Credentials = issueServer(pki, { name: 'gsp' })
export const device: Credentials = issueDevice(pki, { serial: 'PV-1' })
export const otherDevice: Credentials = issueDevice(pki, { serial: 'PV-2' })
export const anyPort = { host: 'localhost', port: 0 }

export function serve(options: Partial<ServerOptions> = {}): App {
  return createServer({ name: 'gsp', certs: server, log: createLogger('test', 'silent'), ...options })
}

export async function connectTo(url: string, credentials: Credentials = device): Promise<TLSSocket> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), ...secureContext(credentials) })
  await once(socket, 'secureConnect')
  return socket
}

/** Writes a request as it stands and reads until the server has closed the connection. */
export async function exchange(url: string, text: string): Promise<string> {
  const socket = await connectTo(url)
  socket.write(text)
  let answer = ''
  for await (const bytes of socket) answer += String(bytes)
  return answer
}
