import type { Database } from '../store/open-database.ts'
import type { Sql } from '../store/sql.ts'
import { batches } from './batches.ts'
import type { Rank, Waiting } from './report.ts'

/** Reports taken from the disk: without numbers, or a batch that was sent before and goes out again as it was. */
export type Queued = Readonly<{ ids: readonly number[] } & ({ texts: readonly string[] } | { body: string })>

/** What waits on the disk while the DTM is away, for all reporters of a process. */
export type Queue = Readonly<{
  add(reporter: string, waiting: readonly Waiting[]): Promise<void>
  /** Keeps a batch that may have been sent, in place of the reports it was made of: it goes first and never gives way. */
  keep(reporter: string, body: string, ids?: readonly number[]): Promise<void>
  /** The oldest of a reporter, as much as one request carries. */
  next(reporter: string): Queued | undefined
  remove(ids: readonly number[]): Promise<void>
  reporters(): readonly string[]
  has(reporter: string): boolean
  bytes(): number
}>

export const queueMigration = `
  CREATE TABLE waiting (
    id INTEGER PRIMARY KEY AUTOINCREMENT, reporter TEXT NOT NULL, rank TEXT NOT NULL, count INTEGER NOT NULL,
    bytes INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX waiting_of ON waiting (reporter, id);
  CREATE INDEX waiting_by_rank ON waiting (rank, id)`

type Row = Readonly<{ id: number; count: number; body: string }>
type New = Readonly<{ reporter: string; rank: Rank | 'numbered'; count: number; body: string }>

export function createQueue(
  database: Database,
  mostBytes: number,
  dropped: (rank: Rank, count: number) => void,
): Queue {
  let bytes = database.get<{ sum: number }>('SELECT coalesce(sum(bytes), 0) AS sum FROM waiting')?.sum ?? 0
  const rows = new Map(
    database
      .all<{ reporter: string; rows: number }>('SELECT reporter, count(*) AS rows FROM waiting GROUP BY reporter')
      .map((each) => [each.reporter, each.rows]),
  )
  const changed = (reporter: string, more: number, size: number): void => {
    const left = (rows.get(reporter) ?? 0) + more
    if (left > 0) rows.set(reporter, left)
    else rows.delete(reporter)
    bytes += size
  }
  const replace = async (added: readonly New[], ids: readonly number[]): Promise<void> => {
    const gone = await database.commit((sql) => {
      for (const each of added) insert(sql, each)
      return ids.flatMap((id) => removed(sql, id))
    })
    for (const { reporter, body } of added) changed(reporter, 1, Buffer.byteLength(body))
    for (const each of gone) changed(each.reporter, -1, -each.bytes)
  }
  const isOver = (): boolean => bytes > mostBytes
  const makeRoom = async (): Promise<void> => {
    for (const rank of ['poll', 'data'] as const) {
      while (isOver()) {
        const oldest = database.all<Omit<Row, 'body'>>(
          'SELECT id, count FROM waiting WHERE rank = ? ORDER BY id LIMIT 20',
          rank,
        )
        if (oldest.length === 0) break
        const ids = oldest.map(({ id }) => id)
        await replace([], ids)
        dropped(
          rank,
          oldest.reduce((sum, { count }) => sum + count, 0),
        )
      }
    }
  }

  return {
    add: async (reporter, waiting) => {
      const added: New[] = []
      for (const [rank, some] of Map.groupBy(waiting, (each) => each.rank)) {
        for (const piece of batches(some)) {
          added.push({ reporter, rank, count: piece.length, body: piece.map(({ text }) => text).join('\n') })
        }
      }
      await replace(added, [])
      if (isOver()) await makeRoom()
    },
    keep: (reporter, body, ids = []) => replace([{ reporter, rank: 'numbered', count: 1, body }], ids),
    next: (reporter) => {
      const sent = database.get<Row>(
        `SELECT id, body FROM waiting WHERE rank = 'numbered' AND reporter = ? ORDER BY id LIMIT 1`,
        reporter,
      )
      if (sent) return { ids: [sent.id], body: sent.body }
      return unsent(
        database.all<Row>('SELECT id, body FROM waiting WHERE reporter = ? ORDER BY id LIMIT ?', reporter, 20),
      )
    },
    remove: (ids) => replace([], ids),
    reporters: () => [...rows.keys()],
    has: (reporter) => rows.has(reporter),
    bytes: () => bytes,
  }
}

function insert(sql: Sql, { reporter, rank, count, body }: New): void {
  sql.run(
    'INSERT INTO waiting (reporter, rank, count, bytes, body) VALUES (?, ?, ?, ?, ?)',
    reporter,
    rank,
    count,
    Buffer.byteLength(body),
    body,
  )
}

function removed(sql: Sql, id: number): readonly Readonly<{ reporter: string; bytes: number }>[] {
  return sql.all('DELETE FROM waiting WHERE id = ? RETURNING reporter, bytes', id)
}

/** As many rows, from the first on, as one request carries. */
function unsent(rows: readonly Row[]): Queued | undefined {
  const lines = rows.flatMap(({ id, body }) => body.split('\n').map((text) => ({ id, text })))
  const [piece] = batches(lines)
  if (!piece) return undefined
  const last = lines[piece.length]?.id // a row that does not fit whole waits for the next request
  const fitting = piece.filter(({ id }) => id !== last)
  return { ids: [...new Set(fitting.map(({ id }) => id))], texts: fitting.map(({ text }) => text) }
}
