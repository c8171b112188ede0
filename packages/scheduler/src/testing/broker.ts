import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer as createPlainServer, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, createServer } from 'node:tls'
import { createPki, issueDevice, issueServer, writeCredentials } from '@gridloom/kit'
import { Aedes } from 'aedes'

/** A real broker that wants client certificates; its clients find theirs in `certs`. */
export type Broker = AsyncDisposable & Readonly<{ url: string; certs: string; protocolVersion: 4 | 5 }>

// a program of the system, and not of the registry
const mosquitto: string = 'mosquitto'

/** One in this process that speaks 3.1.1, and mosquitto with MQTT 5 where it is installed. */
export const brokers: readonly Readonly<{ name: string; open: () => Promise<Broker> }>[] = [
  { name: 'aedes, MQTT 3.1.1', open: openAedes },
  ...(spawnSync(mosquitto, ['-h'], { stdio: 'ignore' }).error
    ? []
    : [{ name: 'mosquitto, MQTT 5', open: openMosquitto }]),
]

async function openAedes(): Promise<Broker> {
  const { folder, certs } = issueBoth()
  const broker = await Aedes.createBroker()
  const sockets = new Set<Socket>()
  const server = createServer({ ...credentialsIn(folder), requestCert: true, rejectUnauthorized: true }, (socket) =>
    broker.handle(socket),
  )
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `mqtts://localhost:${port}`,
    certs,
    protocolVersion: 4,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => broker.close(resolve))
    },
  }
}

async function openMosquitto(): Promise<Broker> {
  const { folder, certs } = issueBoth()
  const port = await freePort()
  const file = join(folder, 'mosquitto.conf')
  const lines = [
    `listener ${port}`,
    `cafile ${folder}/ca.pem`,
    `certfile ${folder}/cert.pem`,
    `keyfile ${folder}/key.pem`,
    'require_certificate true',
    'allow_anonymous true',
    // started by root it would become somebody who cannot read the key
    `user ${userInfo().username}`,
  ]
  writeFileSync(file, lines.join('\n'))
  const child = spawn(mosquitto, ['-c', file], { stdio: 'ignore' })
  await untilListening(port, certs)
  return { url: `mqtts://localhost:${port}`, certs, protocolVersion: 5, [Symbol.asyncDispose]: () => ended(child) }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

function issueBoth(): Readonly<{ folder: string; certs: string }> {
  const pki = createPki({ chainLength: 3 })
  const [folder = '', certs = ''] = ['broker', 'client'].map((name) => mkdtempSync(join(tmpdir(), `${name}-`)))
  writeCredentials(folder, issueServer(pki, { name: 'broker' }))
  writeCredentials(certs, issueDevice(pki, { serial: '1' }))
  return { folder, certs }
}

/** Key, certificate and anchor of a folder, for those who do not speak through the kit. */
export function credentialsIn(folder: string): Readonly<Record<'key' | 'cert' | 'ca', Buffer>> {
  const read = (name: string): Buffer => readFileSync(join(folder, name))
  return { key: read('key.pem'), cert: read('cert.pem'), ca: read('ca.pem') }
}

async function untilListening(port: number, certs: string): Promise<void> {
  for (;;) {
    const socket = connect({ port, host: 'localhost', ...credentialsIn(certs) })
    try {
      await once(socket, 'secureConnect')
      return
    } catch {
      await sleep(20)
    } finally {
      socket.destroy()
    }
  }
}

async function freePort(): Promise<number> {
  const server = createPlainServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
