import { openDatabase, type Database } from '@gridloom/kit'
import type { Answer } from '../domain/answer.ts'
import type { Remembered } from '../domain/archive.ts'
import type { LedgerEntry } from '../domain/ledger.ts'
import type { JournalRow } from './chain.ts'
import { migrations } from './schema.ts'
import { type Acknowledgement, type Refusal, writeStep, type Written } from './write-step.ts'

export type HashedRow = JournalRow & Readonly<{ hash: string }>
export type HashedEntry = LedgerEntry & Readonly<{ hash: string }>
export type SpentKind = 'r' | 't'
export type SpentKey = Readonly<{ party: string; kind: SpentKind; id: string }>
export type Unplaced = Readonly<{ seq: number; party: string; request: string; tender: string | null }>
export type SnapshotRow = Readonly<{ seq: number; ledger: number; state: string }>

/** What one market keeps: journal, ledger, messages on their way, and the newest snapshot. */
export type MarketStore = Readonly<{
  /** Resolves when the step is on the disk, whole; after one failure every other one fails, and the process has to end. */
  append(step: Written): Promise<void>
  acknowledge(acknowledgement: Acknowledgement): Promise<void>
  /** Its party does not take a message: it stays unacknowledged, with the status of the refusal. */
  refuse(refusal: Refusal): Promise<void>
  saveSnapshot(snapshot: SnapshotRow): Promise<void>
  snapshot(): SnapshotRow | undefined
  journal(after: number, limit?: number): readonly HashedRow[]
  ledger(after: number, limit?: number, partyId?: string): readonly HashedEntry[]
  /** Where the journal has a request or a tender, if its place is known and before the step `before`. */
  findSpent(kind: SpentKind, partyId: string, id: string, before: number): number | undefined
  /** All that has a place, in pages: what comes after `last`. */
  spentAfter(last?: SpentKey): readonly SpentKey[]
  /** The requests and tenders that have no place yet. */
  unplaced(): readonly Unplaced[]
  /** Gives all of them up to a step their places. */
  place(upTo: number): Promise<void>
  rememberedAt(seq: number): Remembered | undefined
  messageAt(number: number): string | undefined
  unacknowledged(): readonly Readonly<{ number: number; party: string; refused: number | null }>[]
  /** The message that a receipt is for. */
  messageOf(partyId: string, requestId: string): number | undefined
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
  // the market goes on in memory while a step is being written: after one that cannot be, none follows it
  const { write } = database
  const placed = (): number =>
    database.get<{ seq: number }>('SELECT seq FROM placed WHERE market = ?', market)?.seq ?? 0
  return {
    append: (step) => write(writeStep(market, step)),
    acknowledge: ({ partyId, number, recipient }) =>
      write([
        [
          'UPDATE outbox SET acknowledged = 1, recipient = coalesce(recipient, ?) WHERE market = ? AND number = ? AND party = ?',
          recipient ?? null,
          market,
          number,
          partyId,
        ],
      ]),
    refuse: ({ partyId, number, status }) =>
      write([
        [
          'UPDATE outbox SET refused = ? WHERE market = ? AND number = ? AND party = ?',
          status,
          market,
          number,
          partyId,
        ],
      ]),
    saveSnapshot: ({ seq, ledger, state }) =>
      write([['INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?)', market, seq, ledger, state]]),
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
    findSpent: (kind, partyId, id, before) =>
      database.get<{ seq: number }>(
        'SELECT seq FROM spent WHERE market = ? AND party = ? AND kind = ? AND id = ? AND seq < ?',
        market,
        partyId,
        kind,
        id,
        before,
      )?.seq,
    spentAfter: (last) =>
      database.all<SpentKey>(
        'SELECT party, kind, id FROM spent WHERE market = ? AND (party, kind, id) > (?, ?, ?) ORDER BY party, kind, id LIMIT 10000',
        market,
        last?.party ?? '',
        last?.kind ?? '',
        last?.id ?? '',
      ),
    unplaced: () =>
      database.all<Unplaced>(
        'SELECT seq, party, request, tender FROM journal WHERE market = ? AND seq > ? AND request IS NOT NULL ORDER BY seq',
        market,
        placed(),
      ),
    place: (upTo) =>
      write([
        [placing('r', 'request'), market, market, upTo],
        [placing('t', 'tender'), market, market, upTo],
        ['INSERT OR REPLACE INTO placed VALUES (?, ?)', market, upTo],
      ]),
    rememberedAt: (seq) => {
      const row = database.get<{ message: string; answer: string; reply: string }>(
        'SELECT message, answer, reply FROM journal WHERE market = ? AND seq = ?',
        market,
        seq,
      )
      return row && { message: JSON.parse(row.message), answer: JSON.parse(row.answer) as Answer, reply: row.reply }
    },
    messageAt: (number) => {
      const found = database.get<{ posted: string; place: number }>(
        'SELECT posted, place FROM outbox JOIN journal ON journal.market = outbox.market AND seq = step WHERE outbox.market = ? AND number = ?',
        market,
        number,
      )
      const posted = found && (JSON.parse(found.posted) as readonly Readonly<{ message: unknown }>[])
      return posted && JSON.stringify(posted[found.place]?.message)
    },
    unacknowledged: () =>
      database.all(
        'SELECT number, party, refused FROM outbox WHERE market = ? AND acknowledged = 0 ORDER BY number',
        market,
      ),
    messageOf: (partyId, requestId) =>
      database.get<{ number: number }>(
        'SELECT number FROM outbox WHERE market = ? AND request = ? AND party = ?',
        market,
        requestId,
        partyId,
      )?.number,
    lastNumber: () =>
      database.get<{ last: number | null }>('SELECT max(number) AS last FROM outbox WHERE market = ?', market)?.last ??
      0,
  }
}

function placing(kind: SpentKind, column: 'request' | 'tender'): string {
  return `INSERT INTO spent SELECT market, party, '${kind}', ${column}, seq FROM journal
    WHERE market = ? AND seq > coalesce((SELECT seq FROM placed WHERE market = ?), 0) AND seq <= ? AND ${column} IS NOT NULL
    ORDER BY party, ${column}`
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
