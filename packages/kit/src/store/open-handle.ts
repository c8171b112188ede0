import { DatabaseSync } from 'node:sqlite'

/** Opens a database file for what has to outlive a power cut: FULL syncs each commit, and a log of 32 MB spares most checkpoints. */
export function openHandle(file: string): DatabaseSync {
  const handle = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 })
  try {
    handle.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000',
    )
    return handle
  } catch (error) {
    handle.close()
    throw error
  }
}
