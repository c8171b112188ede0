import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Observation } from '@gridloom/contracts'
import {
  createClient,
  createLogger,
  createPki,
  issueAggregator,
  issueDevice,
  issueServer,
  virtualClock,
  writeCredentials,
  type Credentials,
} from '@gridloom/kit'
import { start } from '../app.ts'
import { Config } from '../config.ts'

export const pki = createPki()
const certs = issueServer(pki, { name: 'dtm' })

/** Whoever speaks to a DTM in the tests. */
export const peers = {
  gsp: issueServer(pki, { name: 'gsp' }),
  dcm: issueDevice(pki, { serial: 'PV-1' }),
  other: issueDevice(pki, { serial: 'PV-2' }),
  market: issueAggregator(pki, { name: 'market' }),
  operator: issueAggregator(pki, { name: 'operator' }),
  stranger: issueDevice(pki, { serial: 'PV-0' }),
}

const now = 1_800_000_000

/** A DTM over real TLS and a real file, at a time that stands still until it is moved. */
export async function dtm(input: Partial<typeof Config._input> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-dtm-'))
  writeCredentials(join(folder, 'certs'), certs)
  const file = join(folder, 'dtm.db')
  const clock = virtualClock(now)
  const config = Config.parse({
    certs: join(folder, 'certs'),
    store: `sqlite:${file}`,
    listen: { host: '127.0.0.1', port: 0 },
    operators: [peers.operator.lfdi],
    registry: [
      { lfdi: peers.gsp.lfdi, role: 'GSP' },
      { lfdi: peers.dcm.lfdi, role: 'DCM', serial: 'PV-1', rtgMaxW: 5000, group: 'feeder' },
      { lfdi: peers.other.lfdi, role: 'DCM', serial: 'PV-2', rtgMaxW: 3000, group: 'feeder' },
      { lfdi: peers.market.lfdi, role: 'AGG' },
    ],
    logLevel: 'silent',
    ...input,
  })
  const log = createLogger('dtm', 'silent')
  let actor = await start(config, { clock, log })

  const send = async (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    who: Credentials,
    body?: string,
    type = json,
    headers = {},
  ) => {
    await using client = createClient({ origin: actor.url, certs: who, serverName: false, mediaType: type })
    const reply = await client.request({ method, path, headers, ...(body !== undefined && { body }) })
    const text = reply.body.toString()
    return { status: reply.status, body: reply.type?.startsWith(json) ? JSON.parse(text) : text }
  }
  return {
    clock,
    config,
    get url() {
      return actor.url
    },
    report: (batch: unknown, who = peers.dcm, sentAt?: number) => {
      const body = typeof batch === 'string' ? batch : JSON.stringify(batch)
      return send(
        'POST',
        '/dtm/observations',
        who,
        body,
        json,
        sentAt === undefined ? {} : { 'x-sent-at': `${sentAt}` },
      )
    },
    note: (xml: string, who = peers.dcm) => send('POST', '/na', who, xml, 'application/xml'),
    get: (path: string, who: Credentials = peers.operator) => send('GET', path, who),
    put: (path: string, body: unknown, who: Credentials = peers.operator) =>
      send('PUT', path, who, JSON.stringify(body)),
    post: (path: string, body?: unknown, who: Credentials = peers.operator) =>
      send('POST', path, who, body === undefined ? undefined : JSON.stringify(body)),
    restart: async () => {
      await actor[Symbol.asyncDispose]()
      actor = await start({ ...config, registry: [] }, { clock, log })
    },
    stop: () => actor[Symbol.asyncDispose](),
    /** Changes the log behind the back of the actor, as somebody with the file might. */
    tamper: (sql: string) => {
      using database = new DatabaseSync(file)
      database.exec('DROP TRIGGER event_is_not_changed')
      database.exec(sql)
    },
    async [Symbol.asyncDispose]() {
      await actor[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const json = 'application/json'
const nothing = hash('sha256', '')

/** A POST that a DCM reports of itself. */
export function observation(seq: number): Observation {
  return {
    v: 1,
    seq,
    reporter: peers.dcm.lfdi,
    observedAt: now,
    leg: 'GSP-DCM',
    from: { role: 'DCM', id: peers.dcm.lfdi },
    to: { role: 'GSP', id: peers.gsp.lfdi },
    kind: 'request',
    corr: `c-${seq}`,
    method: 'PUT',
    path: '/edev/1/dstat',
    length: 0,
    sha256: nothing,
  }
}

export function poll(seq: number): Observation {
  return { ...observation(seq), method: 'GET', path: '/tm' }
}
