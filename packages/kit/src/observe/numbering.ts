import type { Database } from '../store/open-database.ts'

/** Numbers for reports: one more each time for a reporter, never one twice, whatever ended the process. */
export type Numbering = Readonly<{
  /** The first of so many numbers in a row. */
  take(reporter: string, count: number): Promise<number>
  /** Gives back what was set aside and not used: a process that ends well leaves no gap. */
  close(): Promise<void>
}>

export const numberingMigration =
  'CREATE TABLE reporter (lfdi TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID'

type Range = { next: number; end: number }

// Set aside at once: the disk is written once for so many reports, and a crash leaves a gap of at most so many.
const block = 10_000

/** `first` is where a reporter begins of whom nothing is stored: above all numbers that it may have used before its disk was lost. */
export function createNumbering(database: Database, first: () => number): Numbering {
  const ranges = new Map<string, Range>()

  const store = (reporter: string, next: number): Promise<unknown> =>
    database.commit((sql) =>
      sql.run('INSERT INTO reporter VALUES (?, ?) ON CONFLICT DO UPDATE SET next = excluded.next', reporter, next),
    )
  const rangeOf = (reporter: string): Range => {
    const known = ranges.get(reporter)
    if (known) return known
    const next = database.get<{ next: number }>('SELECT next FROM reporter WHERE lfdi = ?', reporter)?.next ?? first()
    const range = { next, end: next }
    ranges.set(reporter, range)
    return range
  }
  return {
    take: async (reporter, count) => {
      const range = rangeOf(reporter)
      const number = range.next
      range.next += count
      if (range.next > range.end) {
        range.end = range.next + block
        await store(reporter, range.end)
      }
      return number
    },
    close: async () => {
      await Promise.all([...ranges].map(([reporter, { next }]) => store(reporter, next)))
    },
  }
}
