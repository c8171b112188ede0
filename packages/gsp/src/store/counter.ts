import type { Database, Sql } from '@gridloom/kit'

/** Gives the members of a list their numbers, none twice: also those of members that are gone. */
export type Counter = Readonly<{
  next(parent: string): number
  /** Remembers the number of a member that leaves its list. */
  retire(sql: Sql, parent: string, href: string): void
}>

export function createCounter(database: Database): Counter {
  const given = new Map<string, number>()

  const lastOf = (parent: string): number => {
    const retired = database.get<{ last: number }>('SELECT last FROM given WHERE parent = ?', parent)
    const listed = database.get<{ last: number | null }>(
      "SELECT max(CAST(substr(href, length(rtrim(href, '0123456789')) + 1) AS INTEGER)) AS last FROM resource WHERE parent = ? AND kind <> 'Reading'",
      parent,
    )
    return Math.max(retired?.last ?? 0, listed?.last ?? 0)
  }

  return {
    next: (parent) => {
      const number = (given.get(parent) ?? lastOf(parent)) + 1
      given.set(parent, number)
      return number
    },
    retire: (sql, parent, href) => {
      const last = Math.max(given.get(parent) ?? 0, Number(/\d+$/.exec(href)?.[0] ?? 0))
      sql.run(
        'INSERT INTO given VALUES (?, ?) ON CONFLICT (parent) DO UPDATE SET last = max(last, excluded.last)',
        parent,
        last,
      )
    },
  }
}
