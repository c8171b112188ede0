import { closeSync, fdatasync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
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
  const file = fileOf(url)
  const handle = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 })
  const { sync, close } = prepare(handle, file, migrations)
  const sql = sqlOf(handle)
  const queue = commitQueue(handle, sql, sync)
  return {
    all: sql.all,
    get: sql.get,
    commit: queue.add,
    async [Symbol.asyncDispose]() {
      await queue.drain()
      close()
      handle.close()
    },
  }
}

function prepare(handle: DatabaseSync, file: string, migrations: readonly string[]): Log {
  try {
    // NORMAL: a commit is in the log when it returns, and on the disk when the commit queue has waited for that. A log of 32 MB spares commits most checkpoints.
    handle.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000',
    )
    migrate(handle, migrations)
    return file === ':memory:' ? noLog : openLog(`${file}-wal`)
  } catch (error) {
    handle.close()
    throw error
  }
}

/** The write-ahead log, in which a commit is: once the disk has it, it outlives a power cut, and not only the process. */
type Log = Readonly<{ sync: () => Promise<void>; close: () => void }>

const noLog: Log = { sync: async () => {}, close: () => {} }

function openLog(file: string): Log {
  const descriptor = openSync(file, 'r+')
  return { sync: () => waitForDisk(descriptor), close: () => closeSync(descriptor) }
}

const waitForDisk = promisify(fdatasync)

function fileOf(url: string): string {
  if (url.startsWith('sqlite:') && url.length > 'sqlite:'.length) return url.slice('sqlite:'.length)
  throw new TypeError(`not a database that this version opens: "${redacted(url)}" (expected sqlite:FILE)`)
}

function redacted(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//')
}
