import { randomUUID } from 'node:crypto'
import {
  CtsLedgerPage,
  CtsMessagePage,
  EiAcknowledged,
  EiCanceledTender,
  EiCreatedTender,
  EiManagedInstrumentData,
  EiRegisteredParty,
  EiReplyPosition,
  EiReportedDelivery,
  formatCtsDuration,
  formatCtsInstant,
  MarketReference,
  type CtsReason,
} from '@gridloom/contracts'
import { ClientError, type Client } from '@gridloom/kit'
import type { z } from 'zod'
import type { TenderTerms } from './domain/net-tender.ts'
import type { Trade } from './domain/own-ledger.ts'

/** What a market says to a request: OK or the reason of a refusal. */
type Answer = Readonly<{ reason: CtsReason }>

/** Where the market reaches a party, and the certificate that it meets there. */
export type Callback = Readonly<{ url: string; lfdi: string }>

export type Span = Readonly<{ from: number; to: number }>

/** The Market Agent as one party sees it (CTS over mutual TLS); ClientError where there is no answer. */
export type MarketLink = Readonly<{
  reference(signal: AbortSignal): Promise<MarketReference>
  register(party: Readonly<{ name: string | undefined; callback: Callback | undefined }>): Promise<Answer>
  /** The words of a tender, to be kept before they are sent. */
  tenderBody(terms: TenderTerms & Readonly<{ tenderId: string }>, market: MarketReference): string
  tender(body: string): Promise<Answer>
  cancel(tenderId: string): Promise<Answer>
  /** Positions by start; undefined when the market does not tell. */
  positions(span: Span): Promise<ReadonlyMap<number, number> | undefined>
  /** How instruments have traded, by start; those that have not are left out. */
  prices(span: Span): Promise<ReadonlyMap<number, Readonly<{ last: number; volume: number }>>>
  /** The party's own entries after a number, and the number to ask from next. */
  ledger(after: number): Promise<Readonly<{ trades: readonly Trade[]; next: number }>>
  report(
    delivered: Readonly<{ measurementPointId: string; dtStart: number; seconds: number; quantity: number }>,
  ): Promise<Answer>
  /** Messages for a party without a callback: waits for some. */
  messages(after: number, signal: AbortSignal): Promise<z.infer<typeof CtsMessagePage>>
  receipt(message: unknown): Promise<Answer>
}>

export type MarketLinkOptions = Readonly<{ client: Client; patient: Client; marketId: string; partyId: string }>

const patienceSeconds = 20

/** `patient` is a second connection, for questions that wait for their answer. */
export function createMarketLink({ client, patient, marketId, partyId }: MarketLinkOptions): MarketLink {
  const path = `/ma/${marketId}`

  const say = async <T extends z.ZodType>(schema: T, message: string): Promise<z.infer<T>> => {
    const { status, body } = await client.post(path, message)
    return readable(schema, body, status === 200 || status === 403, `POST ${path} ${status}`)
  }
  const ask = <T extends z.ZodType>(schema: T, message: Readonly<{ type: string; [field: string]: unknown }>) =>
    say(schema, JSON.stringify({ requestId: randomUUID(), partyId, marketId, ...message }))
  const get = async <T extends z.ZodType>(schema: T, from: Client, where: string, signal?: AbortSignal) => {
    const { status, body } = await from.get(where, signal)
    return readable(schema, body, status === 200, `GET ${where} ${status}`)
  }

  return {
    reference: (signal) => get(MarketReference, client, `${path}/reference`, signal),
    async register({ name: partyName, callback }) {
      const reached = callback && { callback: callback.url, lfdi: callback.lfdi }
      const named = partyName !== undefined && { partyName }
      return answerOf(await ask(EiRegisteredParty, { type: 'EiRegisterParty', ...named, ...reached }))
    },
    tenderBody: ({ tenderId, dtStart, side, price, quantity }, { marketPartyId, intervalSeconds }) =>
      JSON.stringify({
        type: 'EiCreateTender',
        requestId: tenderId,
        partyId,
        counterPartyId: marketPartyId,
        marketId,
        tender: {
          tenderId,
          side,
          tenderDetail: {
            kind: 'INTERVAL',
            interval: { dtStart: formatCtsInstant(dtStart), duration: formatCtsDuration(intervalSeconds) },
            price,
            quantity,
          },
        },
      }),
    tender: async (body) => answerOf(await say(EiCreatedTender, body)),
    cancel: async (tenderId) => answerOf(await ask(EiCanceledTender, { type: 'EiCancelTender', tenderId })),
    async positions({ from, to }) {
      const boundingInterval = { dtStart: formatCtsInstant(from), duration: formatCtsDuration(to - from) }
      const { positions } = await ask(EiReplyPosition, { type: 'EiRequestPosition', boundingInterval })
      if (!positions) return undefined
      const { streamStart, intervalDuration, intervals } = positions
      return new Map(intervals.map(({ streamUid, quantity }) => [streamStart + streamUid * intervalDuration, quantity]))
    },
    async prices({ from, to }) {
      const id = randomUUID()
      const { instruments = [] } = await ask(EiManagedInstrumentData, {
        type: 'EiManageInstrumentData',
        subscriptionRequestId: id,
        subscriptionId: id,
        subscriptionActionRequested: 'SNAPSHOT',
        instrumentSummaryType: 'SESSION',
        boundingInterval: { dtStart: formatCtsInstant(from), duration: formatCtsDuration(to - from) },
      })
      const traded = instruments.flatMap(({ interval, session }) => {
        if (session?.last === undefined) return []
        return [[interval.dtStart, { last: session.last, volume: session.volume }] as const]
      })
      return new Map(traded)
    },
    async ledger(after) {
      const { entries, next } = await get(CtsLedgerPage, client, `${path}/ledger?after=${after}`)
      const own = entries.filter((entry) => entry.partyId === partyId)
      return { trades: own.map(tradeOf), next }
    },
    async report({ measurementPointId, dtStart, seconds, quantity }) {
      const delivered = {
        streamStart: formatCtsInstant(dtStart),
        intervalDuration: formatCtsDuration(seconds),
        intervals: [{ streamUid: 0, quantity }],
      }
      return answerOf(await ask(EiReportedDelivery, { type: 'EiReportDelivery', measurementPointId, delivered }))
    },
    messages: (after, signal) =>
      get(CtsMessagePage, patient, `${path}/messages?after=${after}&waitSeconds=${patienceSeconds}`, signal),
    receipt: async (message) => answerOf(await say(EiAcknowledged, JSON.stringify(message))),
  }
}

function tradeOf(entry: z.infer<typeof CtsLedgerPage>['entries'][number]): Trade {
  const { match, side, tenderId, counterPartyId, dtStart, price, quantity } = entry
  return { match, side, tenderId, counterPartyId, dtStart, price, quantity }
}

function answerOf({ response }: Readonly<{ response: Readonly<{ responseDescription: string }> }>): Answer {
  return { reason: response.responseDescription as CtsReason }
}

/** An answer that is none: the market is there, and does not do its work. */
function readable<T extends z.ZodType>(schema: T, body: Buffer, isMeant: boolean, what: string): z.infer<T> {
  const text = body.toString()
  if (!isMeant) throw new ClientError('unavailable', `${what}: ${text.slice(0, 200)}`)
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new ClientError('protocol', `${what}: the answer cannot be read`, { cause })
  }
}
