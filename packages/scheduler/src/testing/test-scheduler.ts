import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Client,
  createClient,
  createLogger,
  createPki,
  type Credentials,
  issueAggregator,
  issueServer,
  type VirtualClock,
  virtualClock,
  writeCredentials,
} from '@gridloom/kit'
import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import { start } from '../app.ts'
import { Config } from '../config.ts'
import { formatScl, type Reserve, type SclOptions } from '../scl/format-scl.ts'

const pki = createPki()
export const operator = issueAggregator(pki, { name: 'operator' })
export const market = issueAggregator(pki, { name: 'market' })
export const stranger = issueAggregator(pki, { name: 'stranger' })

/** Monday 2027-03-01, 00:00 UTC. */
export const monday = Date.UTC(2027, 2, 1) / 1000

/** An answer of the HTTP face, its body read: a test looks at it as it likes. */
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = Readonly<{ status: number; type: string | undefined; body: any }>

export type TestScheduler = Readonly<{
  url: string
  clock: VirtualClock
  config: Config
  call(method: 'GET' | 'PUT' | 'POST' | 'PATCH', path: string, body?: unknown, as?: Credentials): Promise<Answer>
  client(as: Credentials): Client
  /** Ends it, and starts another one with the same store. */
  restart(): Promise<void>
}>

type Options = Readonly<{
  config?: Partial<z.input<typeof Config>>
  devices?: SclOptions['devices']
  clock?: VirtualClock
}>

export const reserve: Readonly<Record<'MaxPow' | 'OnOff', Reserve>> = {
  MaxPow: { values: [4000], minutes: 60 },
  OnOff: { values: [true], minutes: 60 },
}

/** What a scheduler is configured with here: a folder of its own with keys, an SCL file and a store. */
export function testConfig({ config, devices = [{ name: 'battery', reserve }] }: Options = {}): Config {
  const folder = mkdtempSync(join(tmpdir(), 'scheduler-'))
  const certs = join(folder, 'certs')
  writeCredentials(certs, issueServer(pki, { name: 'scheduler' }))
  const scl = join(folder, 'plant.cid')
  writeFileSync(scl, formatScl({ ied: 'Edge', devices, schedules: 3, entries: 10 }))
  return Config.parse({
    listen: { host: '127.0.0.1', port: 0 },
    certs,
    scl,
    store: `sqlite:${join(folder, 'scheduler.db')}`,
    devices: devices.map(({ name }) => ({ name, device: { kind: 'battery', gradient: 0 } })),
    operators: [operator.lfdi],
    actors: [{ name: 'market', lfdi: market.lfdi, slots: [2], priorities: { least: 20, most: 30 } }],
    logLevel: 'silent',
    ...config,
  })
}

/** The whole service over real TLS with a real store, on a clock that stands still. */
export async function testScheduler(options: Options = {}): Promise<TestScheduler> {
  const config = testConfig(options)
  const clock = options.clock ?? virtualClock(monday)
  const log = createLogger('test', 'silent')
  let actor = await start(config, { clock, log })
  const clients = new Map<Credentials, Client>()
  const client = (as: Credentials): Client => {
    const known = clients.get(as)
    const made = known ?? createClient({ origin: actor.url, certs: as, mediaType: 'application/json' })
    clients.set(as, made)
    return made
  }
  const hangUp = async (): Promise<void> => {
    for (const each of clients.values()) await each[Symbol.asyncDispose]()
    clients.clear()
  }
  onTestFinished(async () => {
    await hangUp()
    await actor[Symbol.asyncDispose]()
  })
  return {
    get url() {
      return actor.url
    },
    clock,
    config,
    client,
    async call(method, path, body, as = operator) {
      const text = body === undefined ? {} : { body: JSON.stringify(body) }
      const reply = await client(as).request({ method, path: `/scheduling${path}`, ...text })
      return { status: reply.status, type: reply.type, body: JSON.parse(reply.body.toString() || 'null') }
    },
    async restart() {
      await hangUp()
      await actor[Symbol.asyncDispose]()
      actor = await start(config, { clock, log })
    },
  }
}
