import type { Database, SqlValue } from '@gridloom/kit'
import type { Page, Query } from './resources.ts'
import { rowOf, type Columns } from './row-columns.ts'
import type { Kind } from './row.ts'

/** Reads one page and counts the whole, in list order. */
export function pageOf<K extends Kind>(database: Database, query: Query<K>): Page<K> {
  const { where, values } = conditionsOf(query)
  const { start = 0, limit = -1 } = query
  const rows =
    limit === 0
      ? []
      : database.all<Columns>(
          `SELECT * FROM resource WHERE ${where} ORDER BY ${query.parent === undefined ? 'href' : 'sort, href'} LIMIT ? OFFSET ?`,
          ...values,
          limit,
          start,
        )
  return { all: countOf(database, query, rows.length), rows: rows.map((columns) => rowOf<K>(columns)) }
}

function countOf(database: Database, query: Query, found: number): number {
  const { start = 0, limit = -1 } = query
  if (start === 0 && limit !== 0 && (limit < 0 || found < limit)) return found
  const { where, values } = conditionsOf(query)
  return database.get<{ count: number }>(`SELECT count(*) AS count FROM resource WHERE ${where}`, ...values)?.count ?? 0
}

// kinds are our own words; as literals, one of them twice, they let the partial indexes be used
function conditionsOf({ kind, parent, scope, states, keyPrefix, after }: Query): { where: string; values: SqlValue[] } {
  const terms = [`kind = '${kind}'`]
  const values: SqlValue[] = []
  const add = (term: string, ...more: readonly SqlValue[]): void => {
    terms.push(term)
    values.push(...more)
  }
  if (parent !== undefined) add('parent = ?', parent)
  if (kind !== 'Reading') add("kind <> 'Reading'")
  else if (parent !== undefined) add("href > ? || '/' AND href < ? || '0'", parent, parent)
  if (scope !== undefined) add('scope = ?', scope)
  if (states !== undefined) add(`state IN (${states.map(() => '?').join()})`, ...states)
  if (keyPrefix !== undefined) add('key >= ? AND key < ?', keyPrefix, `${keyPrefix}\u{10FFFF}`)
  if (after !== undefined) add('time > ?', after)
  return { where: terms.join(' AND '), values }
}
