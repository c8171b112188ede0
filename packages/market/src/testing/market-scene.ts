import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatCtsInstant } from '@gridloom/contracts'
import {
  type Actor,
  type Client,
  createClient,
  createLogger,
  createPki,
  type Credentials,
  issueAggregator,
  issueDevice,
  issueServer,
  virtualClock,
  type VirtualClock,
  writeCredentials,
} from '@gridloom/kit'
import type { z } from 'zod'
import { start } from '../app.ts'
import { Config } from '../config.ts'
import { referenceText } from '../domain/market-data.ts'
import { marketWith, noon } from '../domain/testing.ts'

const pki = createPki()
const credentials = new Map<string, Credentials>()
const operator: Credentials = issueAggregator(pki, { name: 'operator' })
export const server: Credentials = issueServer(pki, { name: 'market' })

/** The certificate of a party, the same each time. */
export function certificateOf(partyId: string): Credentials {
  const known = credentials.get(partyId) ?? issueDevice(pki, { serial: partyId })
  credentials.set(partyId, known)
  return known
}

export type Asked = Readonly<{ status: number; reply: Reply }>
// replies are looked at by what a test expects of them
export type Reply = Readonly<Record<string, unknown>> &
  Readonly<{ response: Readonly<{ responseCode: number; responseDescription: string; detail?: string }> }>

export type MarketScene = AsyncDisposable &
  Readonly<{
    url: string
    config: Config
    clock: VirtualClock
    actor: Actor
    clientOf(partyId: string): Client
    as(partyId: string): (message: object) => Promise<Asked>
    register(...partyIds: readonly string[]): Promise<void>
    /** Stops the market in order and starts it again on the same store. */
    restart(): Promise<void>
  }>

type Changes = Partial<z.input<typeof Config>> &
  Readonly<{ market?: object; reference?: Parameters<typeof marketWith>[0] }>

/** Half past ten, long before the gates of noon. */
const morning = noon - 5400

/** A Market Agent with one market, its operator, and a clock that stands still. */
export async function openScene({ market = {}, reference = {}, ...changes }: Changes = {}): Promise<MarketScene> {
  await using stack = new AsyncDisposableStack()
  const folder = newFolder((remove) => stack.defer(remove))
  const certs = join(folder, 'certs')
  writeCredentials(certs, server)
  const config = Config.parse({
    listen: { host: 'localhost', port: 0 },
    certs,
    store: `sqlite:${join(folder, 'market.db')}`,
    operators: [operator.lfdi],
    markets: [{ reference: referenceText(marketWith(reference)), ...market }],
    delivery: { firstSeconds: 0.02, capSeconds: 0.1 },
    ...changes,
  })
  const clock = virtualClock(morning)
  const log = createLogger('market', 'silent')
  let actor = await start(config, { clock, log })
  let clients = new Map<string, Client>()
  const closeClients = async (): Promise<void> => {
    for (const client of clients.values()) await client[Symbol.asyncDispose]()
    clients = new Map()
  }
  stack.defer(async () => {
    await closeClients()
    await actor[Symbol.asyncDispose]()
  })

  const clientOf = (partyId: string): Client => {
    const certificate = partyId === 'operator' ? operator : certificateOf(partyId)
    const client =
      clients.get(partyId) ?? createClient({ origin: actor.url, certs: certificate, mediaType: 'application/json' })
    clients.set(partyId, client)
    return client
  }
  const as =
    (partyId: string) =>
    async (message: object): Promise<Asked> => {
      const { status, body } = await clientOf(partyId).post('/ma/mkt-1', JSON.stringify(message))
      return { status, reply: JSON.parse(body.toString()) as Reply }
    }
  const owned = stack.move()
  return {
    get url() {
      return actor.url
    },
    get actor() {
      return actor
    },
    config,
    clock,
    clientOf,
    as,
    register: async (...partyIds) => {
      for (const partyId of partyIds) await as(partyId)({ type: 'EiRegisterParty', requestId: 'reg', partyId })
    },
    restart: async () => {
      await closeClients()
      await actor[Symbol.asyncDispose]()
      actor = await start(config, { clock, log })
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** A folder that goes with whoever asked for it. */
export function newFolder(onEnd: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-market-'))
  onEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An EiCreateTender for noon: "SELL 5@120". */
export function tender(
  partyId: string,
  tenderId: string,
  text: string,
  changes: object = {},
  dtStart = formatCtsInstant(noon),
) {
  const [, side, quantity, price] = /^(BUY|SELL) (\d+)@(-?\d+)$/.exec(text) ?? []
  const interval = { dtStart, duration: 'PT15M' }
  const tenderDetail = { kind: 'INTERVAL', interval, price: Number(price), quantity: Number(quantity) }
  const head = {
    type: 'EiCreateTender',
    requestId: `r-${tenderId}`,
    partyId,
    counterPartyId: 'MARKET',
    marketId: 'mkt-1',
  }
  return { ...head, tender: { tenderId, side, tenderDetail, ...changes } }
}

/** What waits for a party that has no callback. */
export async function messagesOf(scene: MarketScene, partyId: string, after = 0): Promise<readonly Reply[]> {
  const { body } = await scene.clientOf(partyId).get(`/ma/mkt-1/messages?after=${after}`)
  const page = JSON.parse(body.toString()) as Readonly<{ messages: readonly Readonly<{ message: Reply }>[] }>
  return page.messages.map(({ message }) => message)
}
