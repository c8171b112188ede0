export type SqlValue = null | number | bigint | string | Uint8Array
export type Row = Readonly<Record<string, SqlValue>>

/** Statements of one transaction or of a reader; prepared once and kept. */
export type Sql = Readonly<{
  all<T = Row>(sql: string, ...values: readonly SqlValue[]): readonly T[]
  get<T = Row>(sql: string, ...values: readonly SqlValue[]): T | undefined
  run(sql: string, ...values: readonly SqlValue[]): Readonly<{ changes: number; lastId: number }>
}>

export type Database = AsyncDisposable &
  Readonly<{
    all: Sql['all']
    get: Sql['get']
    /** Does `work` (synchronously, in its own savepoint) and resolves once it is on the disk; many works share one COMMIT. */
    commit<T>(work: (sql: Sql) => T): Promise<T>
  }>

/** Opens 'sqlite:FILE' or 'sqlite::memory:' and brings it to the newest of `migrations` (SQL scripts, only ever appended to). */
export declare function openDatabase(url: string, migrations?: readonly string[]): Database
