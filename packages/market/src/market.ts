import { EiCreatedTransaction, type CtsTicker } from '@gridloom/contracts'
import type { Clock } from '@gridloom/kit'
import type { MarketConfig } from './config.ts'
import { type DueClearing, clearingsDue } from './domain/clearing-times.ts'
import { createDesk, type Desk, type DeskSnapshot, type Step, typeOf } from './domain/desk.ts'
import type { Visit } from './domain/conversation.ts'
import { idIn } from './domain/reply-head.ts'
import type { Terms } from './domain/market-agent.ts'
import { responseOf } from './domain/response-of.ts'
import { openOutbox, type Outbox } from './outbox.ts'
import type { MarketStore } from './store/market-store.ts'
import { replayJournal } from './store/replay-journal.ts'
import { createStepArchive } from './store/step-archive.ts'
import { chainStep, type Heads, type Taken } from './store/written-step.ts'

/** What an answer is: 403 for a wrong certificate, 400 for what is no message, and 200 for every word of the market. */
export type Answered = Readonly<{
  status: 200 | 400 | 403
  reply: string
  /** The answer is with its party, or its connection is gone: now others may be told. */
  release: () => void
}>

/** What the public is told after a step. */
export type News = Readonly<{ tickers: readonly CtsTicker[]; touched: readonly number[]; now: number }>

/** One market that runs: in memory, and on the disk before anybody is answered. */
export type Market = Readonly<{
  id: string
  desk: Desk
  store: MarketStore
  submit(peer: string, text: string): Promise<Answered>
  /** Clears what is due and ends what is due. */
  tick(): Promise<void>
  acknowledge(partyId: string, number: number): Promise<void>
  /** A party that asks for what comes after a message has got it, and all before it but receipts that it owes. */
  passed(partyId: string, number: number): Promise<void>
  outbox: Pick<Outbox, 'waiting' | 'parties' | 'count'>
  listen(listener: (news: News) => void): Disposable
  /** The newest lines of the ticker after one of them, as far as they are kept. */
  since(tickerId: number): readonly CtsTicker[]
  onPosted(listener: (partyIds: readonly string[]) => void): void
  saveSnapshot(): Promise<void>
  /** The number of steps so far: no two messages see the same. */
  steps(): number
  /** Rejects when the market cannot go on: what it holds in memory is not what is on the disk. */
  failed: Promise<never>
}>

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
  let heads: Heads = restored.heads
  let last = restored.at
  let sinceSnapshot = restored.replayed
  let isPlacing = false
  const outbox = openOutbox(store)
  const listeners = new Set<(news: News) => void>()
  const recent: CtsTicker[] = []
  const { promise: failed, reject: fail } = Promise.withResolvers<never>()
  failed.catch(() => {}) // whoever owns the market waits for it; who only asks does not
  let tellPosted: (partyIds: readonly string[]) => void = () => {}

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
    archive.begin(heads.seq + 1)
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

  async function submit(peer: string, text: string): Promise<Answered> {
    const now = present()
    const message = parsed(text)
    const type = message === undefined ? undefined : typeOf(message)
    if (!type) return refuse(peer, text, now)
    const visit = visitOf(peer, message)
    archive.begin(heads.seq + 1)
    const step = orFail(() => desk.take(visit, now))
    const reply = typeof step.reply === 'string' ? step.reply : JSON.stringify(step.reply)
    const isForbidden = step.isRefusedByIdentity
    const taken = { at: now, peer, applied: !isForbidden, facts: factsOf(visit), message: text, reply }
    const receipt = type === 'EiCreatedTransaction' && !isForbidden ? receiptIn(message) : undefined
    const [release] = await Promise.all([record(taken, step), receipt && store.acknowledge(receipt)])
    if (receipt) outbox.acknowledged(receipt.partyId, receipt.number)
    return { status: isForbidden ? 403 : 200, reply, release }
  }

  /** What is no message is on record too, the beginning of it. */
  async function refuse(peer: string, text: string, now: number): Promise<Answered> {
    const detail = 'the body is not a JSON object with a known "type"'
    const reply = JSON.stringify({ type: 'EiAcknowledged', response: responseOf('MALFORMED', now, detail) })
    const taken = { at: now, peer, applied: false, facts: '{}', message: JSON.stringify(text.slice(0, 4096)), reply }
    archive.begin(heads.seq + 1)
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

  /** Puts a step on the disk; what follows from it is told afterwards. */
  async function record(
    taken: Taken,
    step: Pick<Step, 'posted' | 'entries' | 'tickers' | 'touched'>,
  ): Promise<() => void> {
    const { written, heads: next } = chainStep(heads, taken, step)
    heads = next
    const numbers = written.outbox.map(({ number }) => number)
    for (const { partyId, number } of written.outbox) outbox.add(partyId, number)
    const spent = archive.settle(taken.reply)
    sinceSnapshot += 1
    const isTimeForSnapshot = sinceSnapshot >= deps.snapshotEvery
    const writes = [store.append({ ...written, spent })]
    if (isTimeForSnapshot) writes.push(saveSnapshot())
    if (!isPlacing && archive.size() >= mostUnplaced) writes.push(place())
    await Promise.all(writes).catch((error: unknown) => {
      fail(error)
      throw error
    })
    archive.written(written.row.seq)
    recent.push(...step.tickers)
    if (recent.length > 2 * keptTickers) recent.splice(0, recent.length - keptTickers)
    const news = { tickers: step.tickers, touched: step.touched, now: taken.at }
    if (news.tickers.length > 0 || news.touched.length > 0) for (const listener of listeners) listener(news)
    const release = (): void => {
      outbox.release(numbers)
      if (numbers.length > 0) tellPosted(step.posted.map(({ partyId }) => partyId))
    }
    if (taken.peer === 'clock') release()
    return release
  }

  function place(): Promise<void> {
    const upTo = heads.seq
    const done = store.place(upTo)
    isPlacing = true
    return done.then(() => {
      archive.placed(upTo)
      isPlacing = false
    })
  }

  async function acknowledge(partyId: string, number: number): Promise<void> {
    await store.acknowledge({ partyId, number })
    outbox.acknowledged(partyId, number)
  }

  async function passed(partyId: string, number: number): Promise<void> {
    const got = outbox.waiting(partyId, 0, keptTickers).filter((waiting) => waiting.number <= number)
    const owed = got.filter(({ message }) => !isTransaction(message))
    await Promise.all(owed.map((waiting) => acknowledge(partyId, waiting.number)))
  }

  async function tick(): Promise<void> {
    const now = present()
    if ((desk.nextEnd() ?? Infinity) > now) return
    archive.begin(heads.seq + 1)
    const message = JSON.stringify({ type: 'advance' })
    await record({ at: now, peer: 'clock', applied: true, facts: '{}', message, reply: '{}' }, desk.advance(now))
  }

  async function saveSnapshot(): Promise<void> {
    sinceSnapshot = 0
    if (heads.seq === 0) return
    const state: DeskSnapshot = desk.snapshot()
    await store.saveSnapshot({ seq: heads.seq, ledger: desk.agent.ledger.lastSeq(), state: JSON.stringify(state) })
  }

  return {
    id: market.marketId,
    desk,
    store,
    submit,
    tick,
    outbox,
    acknowledge,
    passed,
    listen: (listener) => {
      listeners.add(listener)
      return { [Symbol.dispose]: () => void listeners.delete(listener) }
    },
    since: (tickerId) => recent.filter((ticker) => ticker.tickerId > tickerId),
    onPosted: (listener) => {
      tellPosted = listener
    },
    saveSnapshot,
    steps: () => heads.seq,
    failed,
  }
}

// ids whose places are not known yet
const mostUnplaced = 50_000
// lines that a listener who comes back may have missed
const keptTickers = 1000

/** A trade is owed a receipt; other messages are done when they have come. */
export function isTransaction(message: string): boolean {
  return message.startsWith('{"type":"EiCreateTransaction"')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the market knew of the peer: with it the step can be done again, whatever has changed meanwhile. */
function factsOf({ isOperator, terms, termsDetail, isKnownTransaction }: Visit): string {
  return JSON.stringify({ isOperator, terms, termsDetail, isKnownTransaction })
}
