import type { Sql, SqlValue } from '@gridloom/kit'
import type { Counter } from './counter.ts'
import type { Intake } from './intake.ts'
import type { Change } from './resources.ts'
import type { Revisions } from './revisions.ts'
import type { RowCache } from './row-cache.ts'
import { bodyText, type Columns } from './row-columns.ts'
import type { Row } from './row.ts'

type PruneStep = Extract<Change, { prune: unknown }>['prune']

export type ChangeContext = Readonly<{
  sql: Sql
  revisions: Revisions
  cache: RowCache
  counter: Counter
  intake: Intake
  /** Collects the parents of all rows that change. */
  parents: Set<string>
  archivedRows: number
}>

/** Does one step of a write inside its transaction. */
export function applyChange(change: Change, context: ChangeContext): void {
  if ('put' in change) return put(change.put, context)
  if ('create' in change) return create(change.create, context)
  if ('append' in change) return append(change.append, context)
  // what is removed may still wait for its place
  context.intake.settle(context.sql)
  if ('drop' in change) return drop(change.drop, context)
  if ('archive' in change) return archive(change.archive, context)
  if ('prune' in change) return prune(change.prune, context)
  return change satisfies never
}

const insertRow =
  'INSERT INTO resource (href, parent, kind, scope, sort, time, key, state, body) VALUES (?,?,?,?,?,?,?,?,?)'
const replaceRow = `${insertRow} ON CONFLICT (href) DO UPDATE SET parent = excluded.parent, scope = excluded.scope,
  sort = excluded.sort, time = excluded.time, key = excluded.key, state = excluded.state, body = excluded.body`

function put(row: Row, context: ChangeContext): void {
  const { sql, revisions, counter, parents } = context
  const old = sql.get<Pick<Columns, 'parent' | 'key'>>('SELECT parent, key FROM resource WHERE href = ?', row.href)
  if (old && old.parent !== row.parent) {
    counter.retire(sql, old.parent, row.href)
    parents.add(old.parent)
    revisions.touch(old.parent)
  }
  if (old?.key) revisions.touch(`${row.kind} ${old.key}`)
  sql.run(replaceRow, ...valuesOf(row))
  touch(row, context)
}

function create(row: Row, context: ChangeContext): void {
  context.sql.run(insertRow, ...valuesOf(row))
  touch(row, context)
}

function append(row: Row<'Reading'>, context: ChangeContext): void {
  context.intake.add(context.sql, row)
  touch(row, context)
}

function touch({ kind, href, parent, key }: Row, { revisions, cache, parents }: ChangeContext): void {
  cache.forget(href)
  parents.add(parent)
  revisions.touch(href)
  revisions.touch(parent)
  if (key !== undefined) revisions.touch(`${kind} ${key}`)
}

function archive(href: string, context: ChangeContext): void {
  const { sql, archivedRows } = context
  sql.run(
    `INSERT INTO archive (archivedAt, href, kind, time, key, body)
     SELECT unixepoch(), href, kind, time, key, body FROM resource WHERE ${atOrBelow}`,
    href,
    href,
    href,
  )
  sql.run('DELETE FROM archive WHERE id <= (SELECT max(id) FROM archive) - ?', archivedRows)
  drop(href, context)
}

// "/" is followed by "0": the half-open range holds exactly the paths below
const atOrBelow = "(href = ? OR (href > ? || '/' AND href < ? || '0'))"

function drop(href: string, context: ChangeContext): void {
  const { sql, counter } = context
  const root = sql.get<Pick<Columns, 'parent'>>('SELECT parent FROM resource WHERE href = ?', href)
  if (root) counter.retire(sql, root.parent, href)
  sql.run(`DELETE FROM resource WHERE ${atOrBelow}`, href, href, href)
  forgetAll(root?.parent ?? href, context)
}

function prune({ below, kind, keep }: PruneStep, context: ChangeContext): void {
  const { sql, counter } = context
  const rows = "kind = ? AND href > ? || '/' AND href < ? || '0'"
  const excess =
    (sql.get<{ n: number }>(`SELECT count(*) AS n FROM resource WHERE ${rows}`, kind, below, below)?.n ?? 0) - keep
  if (excess <= 0) return
  const oldest = sql.all<Pick<Columns, 'href' | 'parent'>>(
    `SELECT href, parent FROM resource WHERE ${rows} ORDER BY time, href LIMIT ?`,
    kind,
    below,
    below,
    excess,
  )
  for (const { href, parent } of oldest) {
    if (parent === below) counter.retire(sql, parent, href)
    sql.run(`DELETE FROM resource WHERE ${atOrBelow}`, href, href, href)
  }
  forgetAll(below, context)
}

// much is gone at once and seldom: everything made from the store is made anew
function forgetAll(parent: string, { cache, revisions, parents }: ChangeContext): void {
  cache.clear()
  revisions.reset()
  parents.add(parent)
}

function valuesOf({ href, parent, kind, scope, sort, time, key, state, body }: Row): SqlValue[] {
  return [href, parent, kind, scope ?? null, sort, time ?? null, key ?? null, state ?? null, bodyText(body)]
}
