import type { DatabaseSync, StatementSync } from 'node:sqlite'

export type SqlValue = null | number | bigint | string | Uint8Array
export type Row = Readonly<Record<string, SqlValue>>

/** A statement with its values, for whoever is to run it elsewhere. */
export type Statement = readonly [text: string, ...values: readonly SqlValue[]]

/** Statements by their text, prepared once and kept: write values as `?`, never into the text. */
export type Sql = Readonly<{
  all<T = Row>(text: string, ...values: readonly SqlValue[]): readonly T[]
  get<T = Row>(text: string, ...values: readonly SqlValue[]): T | undefined
  run(text: string, ...values: readonly SqlValue[]): Readonly<{ changes: number; lastId: number }>
}>

export function sqlOf(handle: DatabaseSync): Sql {
  const kept = new Map<string, StatementSync>()
  const statement = (text: string): StatementSync => {
    let prepared = kept.get(text)
    if (!prepared) kept.set(text, (prepared = handle.prepare(text)))
    return prepared
  }
  return {
    all: <T>(text: string, ...values: readonly SqlValue[]) => statement(text).all(...values) as unknown as readonly T[],
    get: <T>(text: string, ...values: readonly SqlValue[]) => statement(text).get(...values) as T | undefined,
    run: (text, ...values) => {
      const { changes, lastInsertRowid } = statement(text).run(...values)
      return { changes: Number(changes), lastId: Number(lastInsertRowid) }
    },
  }
}

/** Runs statements in their order. */
export function runAll(sql: Sql, statements: readonly Statement[]): void {
  for (const [text, ...values] of statements) sql.run(text, ...values)
}
