import { EiCreatedTransaction } from '@gridloom/contracts'
import type { Clock } from '@gridloom/kit'
import type { MarketConfig } from './config.ts'
import { type DueClearing, clearingsDue } from './domain/clearing-times.ts'
import { createDesk, type Desk, typeOf } from './domain/desk.ts'
import type { Visit } from './domain/conversation.ts'
import { mostNesting, parseMessage } from './domain/parse-message.ts'
import { idIn } from './domain/reply-head.ts'
import type { Terms } from './domain/market-agent.ts'
import { responseOf } from './domain/response-of.ts'
import { createNewsBoard, type NewsBoard } from './news.ts'
import { openOutbox, type Outbox } from './outbox.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import type { MarketStore } from './store/market-store.ts'
import { replayJournal } from './store/replay-journal.ts'
import { createStepArchive } from './store/step-archive.ts'
import type { Acknowledgement, Refusal } from './store/write-step.ts'
import { together } from './together.ts'

/** What an answer is: 403 for a wrong certificate, 400 for what is no message, and 200 for every word of the market. */
export type Answered = Readonly<{
  status: 200 | 400 | 403
  reply: string
  /** The answer is with its party, or its connection is gone: now others may be told, where there is something to tell. */
  release: (() => void) | undefined
}>

/** One market that runs: in memory, and on the disk before anybody is answered. */
export type Market = Readonly<{
  id: string
  desk: Desk
  store: MarketStore
  submit(peer: string, text: string): Promise<Answered>
  /** Clears what is due and ends what is due. */
  tick(): Promise<void>
  acknowledge(receipt: Acknowledgement): Promise<void>
  /** A message that the callback of its party refused stays on record, and can be asked for. */
  refused(refusal: Refusal): Promise<void>
  /** A party that asks for what comes after a message has got it, and all before it but receipts that it owes. */
  passed(partyId: string, number: number): Promise<void>
  outbox: Pick<Outbox, 'waiting' | 'parties' | 'count' | 'refusals'>
  /** Rejects when the market cannot go on: what it holds in memory is not what is on the disk. */
  failed: Promise<never>
}> &
  Pick<NewsBoard, 'listen' | 'since'> &
  Pick<Recorder, 'onPosted' | 'saveSnapshot' | 'steps'>

export type MarketDeps = Readonly<{
  config: MarketConfig
  store: MarketStore
  clock: Clock
  operators: ReadonlySet<string>
  snapshotEvery: number
  listed?: readonly Readonly<{ peer: string; partyId: string }>[] | undefined
  /** What the trust module has to say of a peer. */
  trustOf: (peer: string) => Readonly<{ terms: Terms; detail: string }> | undefined
}>

/** Opens a market where its store left it. */
export function openMarket(deps: MarketDeps): Market {
  const { config, store, clock, operators } = deps
  const market = config.reference
  const archive = createStepArchive(store)
  const restored = replayJournal(store, archive, (from, earlier) =>
    createDesk(market, { archive, from, earlier, listed: deps.listed }),
  )
  const { desk } = restored
  let last = restored.at
  const outbox = openOutbox(store)
  const news = createNewsBoard()
  const { promise: failed, reject: fail } = Promise.withResolvers<never>()
  failed.catch(() => {}) // whoever owns the market waits for it; who only asks does not
  const { snapshotEvery } = deps
  const recorder = createRecorder({ store, archive, outbox, news, desk, from: restored, snapshotEvery, fail })
  const { begin, record } = recorder

  /** Lets the clock of the market come to the present, never back, by way of all clearings that were due. */
  function present(): number {
    const now = Math.max(last, clock.now())
    const due = isAuction
      ? clearingsDue(market, config.clearing, { instruments: desk.agent.instruments(), from: last, to: now })
      : []
    for (const clearing of due) clear(clearing)
    last = now
    return now
  }
  const isAuction = market.mechanism === 'PERIODIC_DOUBLE_AUCTION'

  function clear({ at, dtStart }: DueClearing): void {
    if (!desk.agent.instruments().includes(dtStart)) return
    begin()
    const step = orFail(() => desk.clear(dtStart, at))
    const message = JSON.stringify({ type: 'clear', dtStart })
    void record({ at, peer: 'clock', applied: true, facts: '{}', message, reply: '{}' }, step).catch(() => {})
  }

  function orFail<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      fail(error)
      throw error
    }
  }

  const submitted = together(({ peer, text }: Readonly<{ peer: string; text: string }>) => decide(peer, text))

  async function decide(peer: string, text: string): Promise<Answered> {
    const now = present()
    const message = parseMessage(text)
    const type = message === undefined ? undefined : typeOf(message)
    if (!type) return refuse(peer, text, now)
    const visit = visitOf(peer, message)
    begin()
    const step = orFail(() => desk.take(visit, now))
    const reply = typeof step.reply === 'string' ? step.reply : JSON.stringify(step.reply)
    const isForbidden = step.isRefusedByIdentity
    const taken = { at: now, peer, applied: !isForbidden, facts: factsOf(visit), message: text, reply }
    const receipt = type === 'EiCreatedTransaction' && !isForbidden ? receiptIn(message) : undefined
    const recorded = record(taken, step)
    if (receipt) await Promise.all([recorded, acknowledge(receipt)])
    const release = await recorded
    return { status: isForbidden ? 403 : 200, reply, release }
  }

  /** What is no message is on record too, the beginning of it. */
  async function refuse(peer: string, text: string, now: number): Promise<Answered> {
    const detail = `the body is not a JSON object with a known "type" and at most ${mostNesting} levels`
    const reply = JSON.stringify({ type: 'EiAcknowledged', response: responseOf('MALFORMED', now, detail) })
    const taken = { at: now, peer, applied: false, facts: '{}', message: JSON.stringify(text.slice(0, 4096)), reply }
    begin()
    const release = await record(taken, { posted: [], entries: [], tickers: [], touched: [] })
    return { status: 400, reply, release }
  }

  function visitOf(peer: string, message: unknown): Visit {
    const isReceipt = typeOf(message) === 'EiCreatedTransaction'
    const trust = deps.trustOf(peer)
    const shift = config.priceAdjustment[idIn(message, 'partyId') ?? '']
    const terms = { ...trust?.terms, ...(shift && { priceShift: shift }) }
    return {
      peer,
      message,
      ...(operators.has(peer) && { isOperator: true }),
      ...(Object.keys(terms).length > 0 && { terms }),
      ...(trust && { termsDetail: trust.detail }),
      ...(isReceipt && receiptIn(message) && { isKnownTransaction: true }),
    }
  }

  function receiptIn(message: unknown) {
    const receipt = EiCreatedTransaction.safeParse(message)
    if (!receipt.success) return undefined
    const { partyId, inResponseTo, recipientTransactionId: recipient } = receipt.data
    const number = store.messageOf(partyId, inResponseTo)
    return number === undefined ? undefined : { partyId, number, recipient }
  }

  async function acknowledge(receipt: Acknowledgement): Promise<void> {
    await store.acknowledge(receipt)
    outbox.acknowledged(receipt.partyId, receipt.number)
  }

  async function refused(refusal: Refusal): Promise<void> {
    await store.refuse(refusal)
    outbox.refused(refusal)
  }

  async function passed(partyId: string, number: number): Promise<void> {
    const got = outbox.waiting(partyId, 0, mostPassed).filter((waiting) => waiting.number <= number)
    const owed = got.filter(({ message }) => !isTransaction(message))
    await Promise.all(owed.map(({ number: done }) => acknowledge({ partyId, number: done })))
  }

  async function tick(): Promise<void> {
    const now = present()
    if ((desk.nextEnd() ?? Infinity) > now) return
    begin()
    const message = JSON.stringify({ type: 'advance' })
    await record({ at: now, peer: 'clock', applied: true, facts: '{}', message, reply: '{}' }, desk.advance(now))
  }

  return {
    id: market.marketId,
    desk,
    store,
    submit: (peer, text) => submitted({ peer, text }),
    tick,
    outbox,
    acknowledge,
    refused,
    passed,
    listen: news.listen,
    since: news.since,
    onPosted: recorder.onPosted,
    saveSnapshot: recorder.saveSnapshot,
    steps: recorder.steps,
    failed,
  }
}

// messages that are looked at when a party has got them
const mostPassed = 1000

/** A trade is owed a receipt; other messages are done when they have come. */
export function isTransaction(message: string): boolean {
  return message.startsWith('{"type":"EiCreateTransaction"')
}

/** What the market knew of the peer: with it the step can be done again, whatever has changed meanwhile. */
function factsOf({ isOperator, terms, termsDetail, isKnownTransaction }: Visit): string {
  return JSON.stringify({ isOperator, terms, termsDetail, isKnownTransaction })
}
