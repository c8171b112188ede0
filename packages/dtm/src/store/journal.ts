import type { ObservationReceipt } from '@gridloom/contracts'
import type { Database, Sql } from '@gridloom/kit'

/** One input of the engine as it was taken: its text is a step of a trace. */
export type Entry = Readonly<{ n: number; at: number; step: string }>

/** A batch that was answered: the same batch again gets the same answer, and is not judged twice. */
export type Answered = Readonly<{ peer: string; sha256: string; receipt: ObservationReceipt }>

/** The inputs of the engine in their order: what is in it outlives the process. */
export type Journal = Readonly<{
  /** The number and the time of the last entry. */
  last(): Readonly<{ n: number; at: number }>
  add(entry: Entry, answered?: Answered, alongside?: (sql: Sql) => void): Promise<void>
  after(n: number): Iterable<Entry>
  /** Whether the first entry is still there. */
  isWhole(): boolean
  /** The last batch of each peer, as far as it is kept. */
  lastAnswered(): readonly Answered[]
  /** Forgets the oldest entries up to `n`, while more bytes are kept than wanted. */
  trim(n: number): Promise<void>
}>

export function openJournal(database: Database, mostBytes: number): Journal {
  let bytes = database.get<{ sum: number }>('SELECT coalesce(sum(bytes), 0) AS sum FROM journal')?.sum ?? 0
  return {
    last: () => database.get('SELECT n, at FROM journal ORDER BY n DESC LIMIT 1') ?? { n: 0, at: 0 },
    add: async ({ n, at, step }, answered, alongside) => {
      const size = Buffer.byteLength(step)
      bytes += size
      const { peer = null, sha256 = null } = answered ?? {}
      const receipt = answered ? JSON.stringify(answered.receipt) : null
      await database.commit((sql) => {
        sql.run('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)', n, at, size, step, peer, sha256, receipt)
        alongside?.(sql)
      })
    },
    *after(n) {
      for (let last = n; ;) {
        const entries = database.all<Entry>('SELECT n, at, step FROM journal WHERE n > ? ORDER BY n LIMIT 50', last)
        if (entries.length === 0) return
        yield* entries
        last = entries.at(-1)?.n ?? last
      }
    },
    isWhole: () => database.get('SELECT n FROM journal WHERE n = 1') !== undefined,
    lastAnswered: () =>
      database
        .all<Readonly<{ peer: string; sha256: string; receipt: string }>>(
          'SELECT peer, sha256, receipt, max(n) FROM journal WHERE peer IS NOT NULL GROUP BY peer',
        )
        .map(({ peer, sha256, receipt }) => ({ peer, sha256, receipt: JSON.parse(receipt) })),
    trim: async (n) => {
      const isOver = (): boolean => bytes > mostBytes
      while (isOver()) {
        const gone = await database.commit((sql) =>
          sql.all<{ bytes: number }>(
            'DELETE FROM journal WHERE n IN (SELECT n FROM journal WHERE n <= ? ORDER BY n LIMIT 100) RETURNING bytes',
            n,
          ),
        )
        if (gone.length === 0) return
        bytes -= gone.reduce((sum, each) => sum + each.bytes, 0)
      }
    },
  }
}
