import { openDatabase, type Database } from '@gridloom/kit'
import type { Answer } from '../domain/answer.ts'
import type { Remembered, Request } from '../domain/archive.ts'
import type { LedgerEntry } from '../domain/ledger.ts'
import type { JournalRow } from './chain.ts'
import { migrations } from './schema.ts'
import { writeStep, type Acknowledgement, type Written } from './write-step.ts'

export type HashedRow = JournalRow & Readonly<{ hash: string }>
export type HashedEntry = LedgerEntry & Readonly<{ hash: string }>
export type Waiting = Readonly<{ number: number; message: string }>
export type SnapshotRow = Readonly<{ seq: number; ledger: number; state: string }>

/** What one market keeps: journal, ledger, messages on their way, and the newest snapshot. */
export type MarketStore = Readonly<{
  /** Resolves when the step is on the disk, whole; after one failure every other one fails, and the process has to end. */
  append(step: Written): Promise<void>
  acknowledge(acknowledgement: Acknowledgement): Promise<void>
  saveSnapshot(snapshot: SnapshotRow): Promise<void>
  snapshot(): SnapshotRow | undefined
  journal(after: number, limit?: number): readonly HashedRow[]
  ledger(after: number, limit?: number, partyId?: string): readonly HashedEntry[]
  /** What a request was and how it was answered, if that was before the step `before`. */
  requestOf(request: Request, before: number): Remembered | undefined
  legsOf(partyId: string, tenderId: string, before: number): readonly string[] | undefined
  waiting(partyId: string, after: number, limit?: number): readonly Waiting[]
  messages(partyId: string, after: number, limit?: number): readonly Waiting[]
  /** The message that a receipt is for. */
  messageOf(partyId: string, requestId: string): Waiting | undefined
  partiesWaiting(): readonly string[]
  lastNumber(): number
}>

export type MarketStores = AsyncDisposable &
  Readonly<{
    ids(): readonly string[]
    referenceOf(market: string): string | undefined
    begin(market: string, reference: string): Promise<void>
    of(market: string): MarketStore
  }>

/** Opens the store of all markets of an agent. */
export function openMarketStores(url: string): MarketStores {
  const database = openDatabase(url, migrations)
  return {
    ids: () => database.all<{ id: string }>('SELECT id FROM market ORDER BY id').map(({ id }) => id),
    referenceOf: (market) =>
      database.get<{ reference: string }>('SELECT reference FROM market WHERE id = ?', market)?.reference,
    begin: (market, reference) =>
      database.commit((sql) => void sql.run('INSERT INTO market VALUES (?, ?)', market, reference)),
    of: (market) => storeOf(database, market),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

const page = 1000
const journalColumns = 'seq, at, peer, applied, facts, message, reply, posted, hash'

function storeOf(database: Database, market: string): MarketStore {
  const commit = failingForGood(database)
  return {
    append: (step) => commit((sql) => writeStep(sql, market, step)),
    acknowledge: ({ partyId, number, recipient }) =>
      commit((sql) => {
        sql.run(
          'UPDATE outbox SET acknowledged = 1, recipient = coalesce(recipient, ?) WHERE market = ? AND number = ? AND party = ?',
          recipient ?? null,
          market,
          number,
          partyId,
        )
      }),
    saveSnapshot: ({ seq, ledger, state }) =>
      commit((sql) => void sql.run('INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?)', market, seq, ledger, state)),
    snapshot: () => database.get<SnapshotRow>('SELECT seq, ledger, state FROM snapshot WHERE market = ?', market),
    journal: (after, limit = page) =>
      database.all<HashedRow>(
        `SELECT ${journalColumns} FROM journal WHERE market = ? AND seq > ? ORDER BY seq LIMIT ?`,
        market,
        after,
        limit,
      ),
    ledger: (after, limit = page, partyId) =>
      database
        .all<LedgerRow>(
          `SELECT * FROM ledger WHERE market = ? AND seq > ? AND (? IS NULL OR party = ?) ORDER BY seq LIMIT ?`,
          market,
          after,
          partyId ?? null,
          partyId ?? null,
          limit,
        )
        .map(entryOf),
    requestOf: ({ partyId, requestId }, before) => {
      const row = database.get<{ message: string; answer: string; reply: string }>(
        'SELECT message, answer, reply FROM journal WHERE market = ? AND party = ? AND request = ? AND seq < ?',
        market,
        partyId,
        requestId,
        before,
      )
      return row && { message: JSON.parse(row.message), answer: JSON.parse(row.answer) as Answer, reply: row.reply }
    },
    legsOf: (partyId, tenderId, before) => {
      const row = database.get<{ answer: string }>(
        'SELECT answer FROM journal WHERE market = ? AND party = ? AND tender = ? AND seq < ?',
        market,
        partyId,
        tenderId,
        before,
      )
      return row && legsIn(JSON.parse(row.answer) as Answer)
    },
    waiting: (partyId, after, limit = page) =>
      database.all<Waiting>(
        'SELECT number, message FROM outbox WHERE market = ? AND party = ? AND number > ? AND acknowledged = 0 ORDER BY number LIMIT ?',
        market,
        partyId,
        after,
        limit,
      ),
    messages: (partyId, after, limit = page) =>
      database.all<Waiting>(
        'SELECT number, message FROM outbox WHERE market = ? AND party = ? AND number > ? ORDER BY number LIMIT ?',
        market,
        partyId,
        after,
        limit,
      ),
    messageOf: (partyId, requestId) =>
      database.get<Waiting>(
        'SELECT number, message FROM outbox WHERE market = ? AND party = ? AND request = ?',
        market,
        partyId,
        requestId,
      ),
    partiesWaiting: () =>
      database
        .all<{ party: string }>('SELECT DISTINCT party FROM outbox WHERE market = ? AND acknowledged = 0', market)
        .map(({ party }) => party),
    lastNumber: () =>
      database.get<{ last: number | null }>('SELECT max(number) AS last FROM outbox WHERE market = ?', market)?.last ??
      0,
  }
}

/** The market goes on in memory while it is being written: what cannot be written must not be followed by anything. */
function failingForGood({ commit }: Database): Database['commit'] {
  let failure: Error | undefined
  return async (work) => {
    try {
      return await commit((sql) => {
        if (failure) throw failure
        try {
          return work(sql)
        } catch (cause) {
          failure = new Error('a step of the market could not be written', { cause })
          throw failure
        }
      })
    } catch (cause) {
      failure ??= new Error('a step of the market could not be written', { cause })
      throw failure
    }
  }
}

type LedgerRow = Readonly<{
  seq: number
  match: number
  party: string
  counter_party: string
  side: 'BUY' | 'SELL'
  dt_start: number
  price: number
  quantity: number
  amount: string
  tender: string
  hash: string
}>

function entryOf({ party, counter_party, dt_start, amount, tender, ...rest }: LedgerRow): HashedEntry {
  const { seq, match, side, price, quantity, hash } = rest
  const parties = { partyId: party, counterPartyId: counter_party }
  return {
    seq,
    match,
    ...parties,
    side,
    dtStart: dt_start,
    price,
    quantity,
    amount: BigInt(amount),
    tenderId: tender,
    hash,
  }
}

function legsIn({ result }: Answer): readonly string[] {
  return result && 'marketOrders' in result ? result.marketOrders.map(([tenderId]) => tenderId) : []
}
