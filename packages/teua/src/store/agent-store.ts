import { openDatabase, type Database } from '@gridloom/kit'
import { keyOf, type BookedTrade, type Trade } from '../domain/own-ledger.ts'
import type { OwnTender } from '../domain/plan.ts'

/** What the market was asked, kept until its answer is known: a repeat is word for word the same. */
export type SentTender = OwnTender & Readonly<{ body: string }>

export type Delivered = Readonly<{ dtStart: number; quantity: number; isReported: boolean }>

/** What one agent must still know after a restart. */
export type AgentStore = Readonly<{
  tenderSent(tender: SentTender): Promise<void>
  tenderIs(tenderId: string, state: 'open' | 'ended'): Promise<void>
  liveTenders(): readonly SentTender[]
  /** Books a trade once; a repeat gets what was booked and is not new. */
  book(trade: Trade): Promise<Readonly<{ booked: BookedTrade; isNew: boolean }>>
  trades(after: number, limit?: number): readonly BookedTrade[]
  deliver(delivered: Delivered): Promise<void>
  deliveries(from: number, to: number): readonly Delivered[]
  recall(name: string): unknown
  remember(name: string, body: unknown): Promise<void>
}>

const migrations = [
  `CREATE TABLE tender (
     party TEXT NOT NULL, tenderId TEXT NOT NULL, dtStart INTEGER NOT NULL, side TEXT NOT NULL, price INTEGER NOT NULL,
     quantity INTEGER NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (party, tenderId)
   ) WITHOUT ROWID;
   CREATE INDEX live ON tender (party) WHERE state <> 'ended';
   CREATE TABLE trade (
     party TEXT NOT NULL, seq INTEGER NOT NULL, key TEXT NOT NULL, tenderId TEXT NOT NULL, body TEXT NOT NULL,
     PRIMARY KEY (party, seq), UNIQUE (party, key)
   ) WITHOUT ROWID;
   CREATE TABLE delivery (
     party TEXT NOT NULL, dtStart INTEGER NOT NULL, quantity INTEGER NOT NULL, isReported INTEGER NOT NULL,
     PRIMARY KEY (party, dtStart)
   ) WITHOUT ROWID;
   CREATE TABLE document (party TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (party, name))
   WITHOUT ROWID;`,
]

/** One database for all agents of a process: they share a commit. */
export function openAgents(url: string): Database {
  return openDatabase(url, migrations)
}

type TenderRow = Omit<SentTender, 'remaining'>

export function agentStore(database: Database, party: string): AgentStore {
  const tradesOf = (where: string, ...values: readonly (string | number)[]): BookedTrade[] =>
    database
      .all<{ body: string }>(`SELECT body FROM trade WHERE party = ? AND ${where}`, party, ...values)
      .map(({ body }) => JSON.parse(body) as BookedTrade)

  return {
    tenderSent: ({ tenderId, dtStart, side, price, quantity, state, body }) =>
      database.commit((sql) => {
        const values = [party, tenderId, dtStart, side, price, quantity, state, body] as const
        sql.run('INSERT INTO tender VALUES (?, ?, ?, ?, ?, ?, ?, ?)', ...values)
      }),
    tenderIs: (tenderId, state) =>
      database.commit((sql) => {
        sql.run('UPDATE tender SET state = ? WHERE party = ? AND tenderId = ?', state, party, tenderId)
      }),
    liveTenders: () =>
      database
        .all<TenderRow>(
          `SELECT tenderId, dtStart, side, price, quantity, state, body FROM tender
           WHERE party = ? AND state <> 'ended'`,
          party,
        )
        .map((tender) => {
          const traded = tradesOf('tenderId = ?', tender.tenderId).reduce((sum, { quantity }) => sum + quantity, 0)
          return { ...tender, remaining: tender.quantity - traded }
        }),
    book: (trade) =>
      database.commit((sql) => {
        const key = keyOf(trade)
        const known = sql.get<{ body: string }>('SELECT body FROM trade WHERE party = ? AND key = ?', party, key)
        if (known) return { booked: JSON.parse(known.body) as BookedTrade, isNew: false }
        const last = sql.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM trade WHERE party = ?', party)
        const seq = (last?.seq ?? 0) + 1
        const booked: BookedTrade = { ...trade, seq, recipientTransactionId: `${party}:${seq}` }
        const body = JSON.stringify(booked)
        sql.run('INSERT INTO trade VALUES (?, ?, ?, ?, ?)', party, seq, key, trade.tenderId, body)
        return { booked, isNew: true }
      }),
    trades: (after, limit = -1) => tradesOf('seq > ? ORDER BY seq LIMIT ?', after, limit),
    deliver: ({ dtStart, quantity, isReported }) =>
      database.commit((sql) => {
        sql.run('INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?)', party, dtStart, quantity, isReported ? 1 : 0)
      }),
    deliveries: (from, to) =>
      database
        .all<{ dtStart: number; quantity: number; isReported: number }>(
          `SELECT dtStart, quantity, isReported FROM delivery
           WHERE party = ? AND dtStart >= ? AND dtStart < ? ORDER BY dtStart`,
          party,
          from,
          to,
        )
        .map((row) => ({ ...row, isReported: row.isReported === 1 })),
    recall(name) {
      const row = database.get<{ body: string }>('SELECT body FROM document WHERE party = ? AND name = ?', party, name)
      return row && JSON.parse(row.body)
    },
    remember: (name, body) =>
      database.commit((sql) => {
        sql.run('INSERT OR REPLACE INTO document VALUES (?, ?, ?)', party, name, JSON.stringify(body))
      }),
  }
}
