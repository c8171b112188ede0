import type { Database, Sql } from '@gridloom/kit'
import { bodyText } from './row-columns.ts'
import type { Row } from './row.ts'

/**
 * Where readings wait: durable at once at the end of one table, and put in their places many at a time. A reading
 * alone would dirty pages all over the indexes, which costs five times as much.
 */
export type Intake = Readonly<{
  add(sql: Sql, row: Row<'Reading'>): void
  /** Puts all that waits in its place; whoever reads readings does this before. */
  settle(sql: Sql): void
  isEmpty(): boolean
  /** Counts anew, after a write that failed. */
  recount(): void
}>

export function createIntake(database: Database, most = 10_000): Intake {
  const count = (): number => database.get<{ n: number }>('SELECT count(*) AS n FROM intake')?.n ?? 0
  let waiting = count()

  const settle = (sql: Sql): void => {
    sql.run(place)
    sql.run('DELETE FROM intake')
    waiting = 0
  }
  return {
    add: (sql, { href, parent, sort, time, body }) => {
      sql.run(append, href, parent, sort, time ?? null, bodyText(body))
      waiting += 1
      if (waiting >= most) settle(sql)
    },
    settle,
    isEmpty: () => waiting === 0,
    recount: () => void (waiting = count()),
  }
}

const append = 'INSERT INTO intake (href, parent, sort, time, body) VALUES (?,?,?,?,?)'

// by href, so that neighbours share a page; of the same reading the last word holds
const place = `INSERT INTO resource (href, parent, kind, sort, time, body)
  SELECT href, parent, 'Reading', sort, time, body FROM intake WHERE true ORDER BY href, id
  ON CONFLICT (href) DO UPDATE SET sort = excluded.sort, time = excluded.time, body = excluded.body`
