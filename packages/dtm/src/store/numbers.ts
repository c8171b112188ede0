import type { Database, Sql } from '@gridloom/kit'

/** Numbers for reports that come without one: one more each time, stored together with what they number. */
export type Numbers = Readonly<{ next(reporter: string): number; store(sql: Sql, reporter: string, seq: number): void }>

export function openNumbers(database: Database): Numbers {
  const known = new Map(
    database
      .all<{ reporter: string; seq: number }>('SELECT reporter, seq FROM numbered')
      .map(({ reporter, seq }) => [reporter, seq]),
  )
  return {
    next: (reporter) => {
      const seq = (known.get(reporter) ?? 0) + 1
      known.set(reporter, seq)
      return seq
    },
    store: (sql, reporter, seq) => {
      sql.run('INSERT INTO numbered VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq', reporter, seq)
    },
  }
}
