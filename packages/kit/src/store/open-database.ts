import { commitQueue } from './commit-queue.ts'
import { migrate } from './migrate.ts'
import { openHandle } from './open-handle.ts'
import { sqlOf, type Sql } from './sql.ts'
import { openWriter, type Writer, writerIn } from './writer.ts'

/** Reads come from prepared statements; every write goes through `commit`, or in a thread of its own through `write`. */
export type Database = AsyncDisposable &
  Pick<Sql, 'all' | 'get'> &
  Readonly<{
    /**
     * Does `work` and resolves once it is on the disk; many works share one COMMIT. One that throws has changed nothing, and
     * may have been done twice: work is synchronous and has no effect but on the database.
     */
    commit<T>(work: (sql: Sql) => T): Promise<T>
  }> &
  Pick<Writer, 'write'>

/** Opens 'sqlite:FILE' or 'sqlite::memory:' and brings it to the newest of `migrations`, scripts that are only ever appended to. */
export function openDatabase(url: string, migrations: readonly string[] = []): Database {
  const file = fileOf(url)
  const handle = openHandle(file)
  try {
    migrate(handle, migrations)
  } catch (error) {
    handle.close()
    throw error
  }
  const sql = sqlOf(handle)
  const queue = commitQueue(handle, sql)
  let writer: Writer | undefined
  return {
    all: sql.all,
    get: sql.get,
    commit: queue.add,
    write: (statements) => (writer ??= file === ':memory:' ? writerIn(queue) : openWriter(file)).write(statements),
    async [Symbol.asyncDispose]() {
      await writer?.[Symbol.asyncDispose]()
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
