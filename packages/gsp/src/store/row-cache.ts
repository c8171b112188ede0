import type { Database } from '@gridloom/kit'
import { rowOf, type Columns } from './row-columns.ts'
import type { Kind, Row } from './row.ts'

/** Rows read lately, parsed; a write of a row forgets it. */
export type RowCache = Readonly<{
  get<K extends Kind>(kind: K, href: string): Row<K> | undefined
  find<K extends Kind>(kind: K, key: string): Row<K> | undefined
  forget(href: string): void
  clear(): void
}>

export function createRowCache(database: Database, most = 20_000): RowCache {
  const rows = new Map<string, Row>()
  const hrefs = new Map<string, string>()

  const keep = (row: Row): void => {
    if (rows.size >= most) rows.clear()
    rows.set(row.href, row)
  }

  const get = <K extends Kind>(kind: K, href: string): Row<K> | undefined => {
    const cached = rows.get(href)
    if (cached) return cached.kind === kind ? (cached as Row<K>) : undefined
    const columns = database.get<Columns>('SELECT * FROM resource WHERE href = ?', href)
    if (columns?.kind !== kind) return undefined
    const row = rowOf<K>(columns)
    keep(row as unknown as Row)
    return row
  }

  const find = <K extends Kind>(kind: K, key: string): Row<K> | undefined => {
    const name = `${kind} ${key}`
    const known = hrefs.get(name)
    const row = known === undefined ? undefined : get(kind, known)
    if (row?.key === key) return row
    const columns = database.get<Columns>('SELECT * FROM resource WHERE kind = ? AND key = ?', kind, key)
    if (!columns) return undefined
    const found = rowOf<K>(columns)
    keep(found as unknown as Row)
    if (hrefs.size >= most) hrefs.clear()
    hrefs.set(name, found.href)
    return found
  }

  const clear = (): void => {
    rows.clear()
    hrefs.clear()
  }

  return { get, find, forget: (href) => void rows.delete(href), clear }
}
