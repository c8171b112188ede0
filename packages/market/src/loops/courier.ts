import { setTimeout as sleep } from 'node:timers/promises'
import { EiCreatedTransaction } from '@gridloom/contracts'
import {
  backoffSeconds,
  ClientError,
  createClient,
  createRandom,
  type Client,
  type Credentials,
  type Logger,
} from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import type { Config } from '../config.ts'
import { idIn } from '../domain/reply-head.ts'
import { isTransaction, type Market } from '../market.ts'
import type { Waiting } from '../outbox.ts'

/** Brings messages to the callbacks of parties until each is acknowledged. */
export type Courier = AsyncDisposable & Readonly<{ notice(partyIds: readonly string[]): void }>

export type CourierDeps = Readonly<{
  market: Market
  certs: Credentials
  delivery: Config['delivery']
  log: Logger
  count: (outcome: DeliveryOutcome) => void
}>

/** `refused`: the callback will not have this message; `failed`: nobody there can say so now. */
export type DeliveryOutcome = 'acknowledged' | 'unacknowledged' | 'refused' | 'failed'

/** One round for each party with a callback: what is due is posted in its order, what fails comes again, ever later. */
export function createCourier({ market, certs, delivery, log, count }: CourierDeps): Courier {
  const ending = new AbortController()
  const rounds = new Map<string, Promise<void>>()
  const again = new Set<string>()
  const random = createRandom(Math.random())

  function notice(partyIds: readonly string[]): void {
    for (const partyId of partyIds) {
      // who has no callback asks for its messages
      if (market.desk.parties.recordOf(partyId)?.callback === undefined) continue
      if (rounds.has(partyId)) again.add(partyId)
      else if (!ending.signal.aborted) start(partyId)
    }
  }

  function start(partyId: string): void {
    const round = serve(partyId)
      .catch((err: unknown) => {
        if (!ending.signal.aborted) log.error({ err, partyId }, 'courier failed')
      })
      .finally(() => {
        rounds.delete(partyId)
        if (again.delete(partyId)) notice([partyId])
      })
    rounds.set(partyId, round)
  }

  async function serve(partyId: string): Promise<void> {
    const record = market.desk.parties.recordOf(partyId)
    if (record?.callback === undefined) return
    await using client = open(record.callback, record.callbackLfdi ?? record.peer)
    const { pathname, search } = new URL(record.callback)
    const path = pathname + search
    for (let attempt = 0; ; attempt += 1) {
      again.delete(partyId)
      const left = await postAll({ client, path, partyId })
      if (left === 'none') return
      if (left === 'progress') attempt = 0
      await pause(partyId, backoffSeconds(attempt, random, delivery))
    }
  }

  /**
   * Posts everything that waits. What is answered without a receipt, or refused, stays and does not stop what comes after it; a trade
   * comes again until its receipt, a refused message of another kind does not.
   */
  async function postAll(
    way: Readonly<{ client: Client; path: string; partyId: string }>,
  ): Promise<'none' | 'progress' | 'some'> {
    let [after, left, progress] = [0, false, false]
    for (;;) {
      const waiting = market.outbox.waiting(way.partyId, after, 100)
      if (waiting.length === 0) return left ? (progress ? 'progress' : 'some') : 'none'
      for (const message of waiting) {
        after = message.number
        const isTrade = isTransaction(message.message)
        if (message.refused !== undefined && !isTrade) continue
        const outcome = await post(message, way)
        count(outcome)
        if (outcome === 'failed') return progress ? 'progress' : 'some'
        if (outcome === 'acknowledged') progress = true
        else if (isTrade) left = true
      }
    }
  }

  async function post(
    { number, message, refused }: Waiting,
    { client, path, partyId }: Readonly<{ client: Client; path: string; partyId: string }>,
  ): Promise<DeliveryOutcome> {
    try {
      const { status, body } = await client.post(path, message, ending.signal)
      if (isRefusal(status)) {
        if (refused !== status) {
          await market.refused({ partyId, number, status })
          log.warn({ market: market.id, partyId, number, status }, 'message refused by its callback')
        }
        return 'refused'
      }
      if (status < 200 || status > 299) return 'failed'
      if (!isTransaction(message)) {
        await market.acknowledge({ partyId, number })
        return 'acknowledged'
      }
      return (await isReceipt(partyId, message, body)) ? 'acknowledged' : 'unacknowledged'
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
      if (error.code === 'aborted') throw error
      log.debug({ partyId, reason: error.message }, 'callback not reached')
      return 'failed'
    }
  }

  /** A receipt in the answer to a post goes the way of every message. */
  async function isReceipt(partyId: string, message: string, body: Buffer): Promise<boolean> {
    const text = body.toString()
    const receipt = EiCreatedTransaction.safeParse(parsed(text))
    const peer = market.desk.parties.recordOf(partyId)?.peer
    if (!receipt.success || receipt.data.type === undefined || receipt.data.partyId !== partyId || peer === undefined)
      return false
    if (receipt.data.inResponseTo !== idIn(parsed(message), 'requestId')) return false
    const { reply, release } = await market.submit(peer, text)
    release?.()
    return reply.includes('"responseCode":200')
  }

  function open(callback: string, lfdi: string): Client {
    return createClient({
      origin: new URL(callback).origin,
      certs,
      mediaType: 'application/json',
      totalSeconds: delivery.timeoutSeconds,
      // a party shows its own certificate, which names no host
      serverName: false,
      serverLfdi: parseLfdi(lfdi),
    })
  }

  /** Waits, but not when something new has come for the party. */
  async function pause(partyId: string, seconds: number): Promise<void> {
    const step = Math.min(seconds, 0.25)
    for (let waited = 0; waited < seconds && !again.has(partyId); waited += step) {
      await sleep(step * 1000, undefined, { signal: ending.signal })
    }
  }

  return {
    notice,
    [Symbol.asyncDispose]: async () => {
      ending.abort()
      await Promise.allSettled(rounds.values())
    },
  }
}

/** Another try of the same cannot help; 408 and 429 ask for one. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
