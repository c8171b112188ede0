import type { DatabaseSync } from 'node:sqlite'

/** Runs the scripts that this database has not seen, each in its own transaction, and counts them in user_version. */
export function migrate(handle: DatabaseSync, migrations: readonly string[]): void {
  const present = versionOf(handle)
  if (present > migrations.length) {
    throw new TypeError(`the database has version ${present}, newer than this program knows (${migrations.length})`)
  }
  for (let version = present; version < migrations.length; version += 1) {
    handle.exec(`BEGIN IMMEDIATE; ${migrations[version]}; PRAGMA user_version = ${version + 1}; COMMIT`)
  }
}

function versionOf(handle: DatabaseSync): number {
  return Number(handle.prepare('PRAGMA user_version').get()?.['user_version'])
}
