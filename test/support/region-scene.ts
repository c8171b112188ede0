import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { KeptOrders, RegionDetail, type KeptOrder } from '@gridloom/contracts'
import { Config as DcmConfig, start as startDcm } from '@gridloom/dcm'
import type { DeviceConfig } from '@gridloom/devices'
import {
  createClient,
  createPki,
  issueDevice,
  issueServer,
  loadCredentials,
  writeCredentials,
  type Credentials,
} from '@gridloom/kit'
import { onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

export type Device = Readonly<{ name: string; device: typeof DeviceConfig._input; region?: object }>
export type Running = Readonly<{ child: ChildProcess; url: string }>

/** Simulated time that begins at an instant, and how fast it runs. */
type Time = Readonly<{ start: number; speed?: number }>

type HostChanges = Readonly<{ region?: object; tickSeconds?: number }>

type Look = Readonly<{ url?: string; region?: number }>

/** A region of real processes over real TLS, with a network that can be cut. */
export async function regionScene(settings: object = {}, time?: Time) {
  const clock = time && { clock: { speed: 1, ...time, startedAt: Date.now() / 1000 } }
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-region-'))
  const pki = createPki()
  const wire = await openWire()
  const operator = issueServer(pki, { name: 'operator' })
  const port = await freePort()
  wire.leadTo(port)
  const tracker = issued('tracker')
  const running: Running[] = []
  const here = new AsyncDisposableStack()
  onTestFinished(async () => {
    await here.disposeAsync()
    for (const { child } of running) child.kill('SIGKILL')
    await Promise.all(
      running.map(({ child }) => child.exitCode === null && child.signalCode === null && once(child, 'exit')),
    )
    await wire.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function issued(name: string): Readonly<{ certs: string; credentials: Credentials }> {
    const certs = join(folder, name)
    const credentials = issueServer(pki, { name })
    writeCredentials(certs, credentials)
    return { certs, credentials }
  }

  function hostConfig(name: string, devices: readonly Device[], { region, ...changes }: HostChanges = {}) {
    const bootstrap = { url: wire.url, lfdi: tracker.credentials.lfdi, name: false as const }
    return {
      ...clock,
      server: { url: 'https://127.0.0.1:9' },
      certs: issued(name).certs,
      dcms: devices.map(({ name: own, ...device }) => {
        return { name: own, certs: deviceOf(own).certs, ...device }
      }),
      store: `sqlite:${join(folder, `${name}.db`)}`,
      listen: { host: '127.0.0.1', port: 0 },
      tickSeconds: 0.2,
      region: { bootstrap, periodSeconds: 0.4, quietSeconds: 1, deferSeconds: 0, ...region },
      logLevel: 'error' as const,
      ...changes,
    }
  }

  /** The credentials of a device, the same every time. */
  function deviceOf(name: string): Readonly<{ certs: string; credentials: Credentials }> {
    const certs = join(folder, name)
    if (!existsSync(certs)) writeCredentials(certs, issueDevice(pki, { serial: name }))
    return { certs, credentials: loadCredentials(certs) }
  }

  async function launch(name: string, actor: string, config: object): Promise<Running> {
    const file = join(folder, `${name}.yaml`)
    writeFileSync(file, JSON.stringify(config))
    const main = join(root, 'packages', actor, 'src', 'main.ts')
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, '--config', file], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (!child.stdout) throw new Error(`${name} has no output`)
    for await (const line of createInterface({ input: child.stdout })) {
      const ready = { child, url: String(JSON.parse(line).url) }
      running.push(ready)
      return ready
    }
    throw new Error(`${name} ended before it was ready`)
  }

  return {
    wire,
    /** The tracker of one region behind the wire; started again it finds its store. */
    startTracker: (changes: object = {}) =>
      launch('tracker', 'tracker', {
        ...clock,
        listen: { host: '127.0.0.1', port },
        url: wire.url,
        certs: tracker.certs,
        store: `sqlite:${join(folder, 'tracker.db')}`,
        bootstrap: { regions: 1 },
        regions: [{ region: 0 }],
        periodSeconds: 0.4,
        dwellSeconds: 0,
        leaseSeconds: 6,
        logLevel: 'error',
        ...settings,
        ...changes,
      }),
    trackerLfdi: tracker.credentials.lfdi,
    issued,
    deviceOf,
    folder,
    /** Any other actor of this network. */
    startActor: launch,
    /** A process with some devices; its utility is nowhere, so that only the region speaks to it. */
    startHost: (name: string, devices: readonly Device[], changes?: HostChanges) =>
      launch(name, 'dcm', hostConfig(name, devices, changes)),
    /** The same in this process, where nothing kills it: faster, and for devices that the test has in its hands. */
    async startHostHere(
      name: string,
      devices: readonly Device[],
      overrides: Parameters<typeof startDcm>[1] = {},
      changes?: HostChanges,
    ): Promise<string> {
      return here.use(await startDcm(DcmConfig.parse(hostConfig(name, devices, changes)), overrides)).url
    },
    operator,
    /** Looks at the region until it is as wanted; every look is checked, also those in between. */
    async until(
      wanted: (region: RegionDetail) => boolean,
      check: (region: RegionDetail) => void = () => {},
      { url = `https://127.0.0.1:${port}`, region: number = 0 }: Look = {},
    ): Promise<RegionDetail> {
      await using client = createClient({
        origin: url,
        certs: operator,
        serverName: false,
        mediaType: 'application/json',
      })
      let last = 'nothing'
      for (const end = Date.now() + 60_000; Date.now() < end; await wait(100)) {
        const reply = await client.get(`/regions/${number}`).catch(() => undefined)
        if (reply?.status !== 200) continue
        last = reply.body.toString()
        const region = RegionDetail.parse(JSON.parse(last))
        check(region)
        if (wanted(region)) return region
      }
      throw new Error(`the region did not become as wanted: ${last}`)
    },
  }
}

export type Scene = Awaited<ReturnType<typeof regionScene>>

/** The orders of their region that devices of a host follow at the moment. */
export async function ordersOf(
  { operator }: Scene,
  origin: string,
  devices: readonly string[],
): Promise<readonly KeptOrder[]> {
  const options = { origin, certs: operator, serverName: false, mediaType: 'application/json' } as const
  await using client = createClient(options)
  const replies = await Promise.all(devices.map((name) => client.get(`/devices/${name}/orders`)))
  const lists = replies.map(({ body }) => KeptOrders.parse(JSON.parse(body.toString())).orders)
  return lists.flat().filter(({ state, source }) => state === 'active' && source === 'region')
}

export async function kill({ child }: Running): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** A piece of cable between two processes. */
async function openWire() {
  const sockets = new Set<Socket>()
  let target = 0
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the wire has no address')
  return {
    url: `https://127.0.0.1:${address.port}`,
    leadTo: (port: number) => void (target = port),
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend: () => void (isCut = false),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
