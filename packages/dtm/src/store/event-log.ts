import { setImmediate as turn } from 'node:timers/promises'
import type { Database, Sql } from '@gridloom/kit'
import { chained, follows, genesis, type Chained, type Unchained } from '../domain/chain.ts'

/** A record of the log as text, with the input that it comes from. */
export type LogRow = Readonly<{ position: number; n: number; id: string; at: number; subject: string; record: string }>

export type Verdict = Readonly<{
  ok: boolean
  records: number
  head: string
  broken?: { position: number; id: string }
}>

/** What was found and decided, append-only: each record carries the hash of the one before. */
export type EventLog = Readonly<{
  /** The last input whose records are in the log. */
  lastInput(): number
  /** Gives a record its place; it is in the log once the row is inserted, in this order. */
  append(
    n: number,
    record: Unchained & Readonly<{ id: string; at: number; subject: string }>,
  ): LogRow & { hash: string }
  insert(sql: Sql, row: LogRow): void
  of(query: Readonly<{ subject?: string; after?: number; limit: number }>): readonly Chained[]
  verify(): Promise<Verdict>
}>

export function openEventLog(database: Database): EventLog {
  const newest = database.get<LogRow>('SELECT * FROM event ORDER BY position DESC LIMIT 1')
  let position = newest?.position ?? 0
  let head = newest ? (JSON.parse(newest.record) as Chained).hash : genesis
  return {
    lastInput: () => database.get<{ n: number | null }>('SELECT max(n) AS n FROM event')?.n ?? 0,
    append: (n, record) => {
      const linked = chained(record, head)
      head = linked.hash
      position += 1
      const { id, at, subject } = record
      return { position, n, id, at, subject, record: JSON.stringify(linked), hash: head }
    },
    insert: (sql, row) => {
      const { n, id, at, subject, record } = row
      sql.run('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)', row.position, n, id, at, subject, record)
    },
    of: ({ subject, after = 0, limit }) => {
      const where = subject === undefined ? 'position > ?' : 'position > ? AND subject = ?'
      const values = subject === undefined ? [after] : [after, subject]
      const rows = database.all<LogRow>(
        `SELECT * FROM event WHERE ${where} ORDER BY position LIMIT ?`,
        ...values,
        limit,
      )
      return rows.map((row) => ({ position: row.position, ...JSON.parse(row.record) }))
    },
    verify: async () => {
      let prev = genesis
      let last = 0
      for (;;) {
        const rows = database.all<LogRow>('SELECT * FROM event WHERE position > ? ORDER BY position LIMIT 200', last)
        for (const row of rows) {
          const record = parsed(row.record)
          const isNext = row.position === last + 1
          if (!record || !isNext || !follows(record, prev)) {
            return { ok: false, records: last, head: prev, broken: { position: row.position, id: row.id } }
          }
          prev = record.hash
          last = row.position
        }
        if (rows.length === 0) return { ok: true, records: last, head: prev }
        await turn()
      }
    },
  }
}

function parsed(text: string): Chained | undefined {
  try {
    return JSON.parse(text) as Chained
  } catch {
    return undefined
  }
}
