import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect as connectPlain, createServer as createPlainServer, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, createServer } from 'node:tls'
import { createPki, issueDevice, issueServer, writeCredentials } from '@gridloom/kit'
import { Aedes } from 'aedes'

/** A real broker that wants client certificates; its clients find what they need in `certs`. */
export type Broker = AsyncDisposable &
  Readonly<{
    url: string
    port: number
    certs: string
    /** Another authority's certificate, which the broker refuses. */
    strangers: string
    protocolVersion: 4 | 5
    /** The broker dies, and comes back on the same port with what it knew or without. */
    stop(): Promise<void>
    start(): Promise<void>
  }>

// a program of the system, and not of the registry
const mosquitto: string = 'mosquitto'

/** The brokers to test with: one in this process that speaks 3.1.1, and mosquitto with MQTT 5 where it is installed. */
export const brokers: readonly Readonly<{ name: string; open: () => Promise<Broker> }>[] = [
  { name: 'aedes, MQTT 3.1.1', open: openAedes },
  ...(hasMosquitto() ? [{ name: 'mosquitto, MQTT 5', open: openMosquitto }] : []),
]

async function openAedes(): Promise<Broker> {
  const { folder, forget, ...certs } = issueAll()
  const tls = { ...credentialsIn(folder), requestCert: true, rejectUnauthorized: true }
  const port = await freePort()
  let stopNow = async (): Promise<void> => undefined
  const start = async (): Promise<void> => {
    const broker = await Aedes.createBroker()
    const sockets = new Set<Socket>()
    const server = createServer(tls, (socket) => broker.handle(socket))
    server.on('connection', (socket) => sockets.add(socket))
    server.listen(port)
    await once(server, 'listening')
    stopNow = async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => broker.close(resolve))
    }
  }
  await start()
  const stop = (): Promise<void> => stopNow()
  return {
    ...certs,
    url: urlOf(port),
    port,
    protocolVersion: 4,
    start,
    stop,
    [Symbol.asyncDispose]: () => stop().finally(forget),
  }
}

async function openMosquitto(): Promise<Broker> {
  const { folder, forget, ...certs } = issueAll()
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
  let child: ChildProcess | undefined
  const start = async (): Promise<void> => {
    child = spawn(mosquitto, ['-c', file], { stdio: 'ignore' })
    await untilListening(port, certs.certs)
  }
  const stop = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await start()
  return {
    ...certs,
    url: urlOf(port),
    port,
    protocolVersion: 5,
    start,
    stop,
    [Symbol.asyncDispose]: () => stop().finally(forget),
  }
}

/** A line to the broker that can be cut while both ends live on. */
export async function openLine(broker: Broker): Promise<AsyncDisposable & Readonly<{ url: string; cut: () => void }>> {
  const sockets = new Set<Socket>()
  const server = createPlainServer((near) => {
    const far = connectPlain(broker.port, 'localhost')
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) sockets.add(socket.on('error', () => socket.destroy()))
  }).listen(0)
  await once(server, 'listening')
  const cut = (): void => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { url: urlOf((server.address() as AddressInfo).port), cut, [Symbol.asyncDispose]: async () => cut() }
}

/** Key, certificate and anchor of a folder, for those who do not speak through the kit. */
export function credentialsIn(folder: string): Readonly<Record<'key' | 'cert' | 'ca', Buffer>> {
  const read = (name: string): Buffer => readFileSync(join(folder, name))
  return { key: read('key.pem'), cert: read('cert.pem'), ca: read('ca.pem') }
}

function issueAll(): Readonly<{ folder: string; certs: string; strangers: string; forget: () => void }> {
  const pki = createPki({ chainLength: 3 })
  const [folder, certs, strangers] = ['broker', 'device', 'stranger'].map((name) =>
    mkdtempSync(join(tmpdir(), `${name}-`)),
  )
  if (!folder || !certs || !strangers) throw new Error('no folders')
  writeCredentials(folder, issueServer(pki, { name: 'broker' }))
  writeCredentials(certs, issueDevice(pki, { serial: '1' }))
  writeCredentials(strangers, issueDevice(createPki({ chainLength: 3 }), { serial: '1' }))
  const forget = (): void => {
    for (const path of [folder, certs, strangers]) rmSync(path, { recursive: true, force: true })
  }
  return { folder, certs, strangers, forget }
}

async function untilListening(port: number, folder: string): Promise<void> {
  const options = { port, host: 'localhost', ...credentialsIn(folder) }
  for (;;) {
    const socket = connect(options)
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

function hasMosquitto(): boolean {
  return spawnSync(mosquitto, ['-h'], { stdio: 'ignore' }).error === undefined
}

const urlOf = (port: number): string => `mqtts://localhost:${port}`
