import { DatabaseSync } from 'node:sqlite'
import { commitQueue } from './commit-queue.ts'
import { migrate } from './migrate.ts'
import { sqlOf, type Sql } from './sql.ts'

/** Reads come from prepared statements; every write goes through `commit`. */
export type Database = AsyncDisposable &
  Pick<Sql, 'all' | 'get'> &
  Readonly<{
    /**
     * Does `work` and resolves once it is on the disk; many works share one COMMIT. One that throws has changed nothing, and
     * may have been done twice: work is synchronous and has no effect but on the database.
     */
    commit<T>(work: (sql: Sql) => T): Promise<T>
  }>

/** Opens 'sqlite:FILE' or 'sqlite::memory:' and brings it to the newest of `migrations`, scripts that are only ever appended to. */
export function openDatabase(url: string, migrations: readonly string[] = []): Database {
  const handle = new DatabaseSync(fileOf(url), { enableForeignKeyConstraints: true, timeout: 5000 })
  try {
    // FULL: an acknowledged commit outlives a power cut, not only the process. A log of 32 MB spares commits most checkpoints.
    handle.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000',
    )
    migrate(handle, migrations)
  } catch (error) {
    handle.close()
    throw error
  }
  const sql = sqlOf(handle)
  const queue = commitQueue(handle, sql)
  return {
    all: sql.all,
    get: sql.get,
    commit: queue.add,
    async [Symbol.asyncDispose]() {
      await queue.drain()
      handle.close()
    },
  }
}

function fileOf(url: string): string {
  if (url.startsWith('sqlite:') && url.length > 'sqlite:'.length) return url.slice('sqlite:'.length)
  throw new TypeError(`not a database that this version opens: "${redacted(url)}" (expected sqlite:FILE)`)
}

function redacted(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//')
}
