import type { Database, Sql } from '@gridloom/kit'

/** Who entered whom: the fleet of a GSP is what it has entered. */
export type Registrars = Readonly<{
  /** Who entered an LFDI first. */
  of(lfdi: string): string | undefined
  /** All, or those whom one has entered. */
  all(by?: string): readonly string[]
  store(sql: Sql, lfdis: readonly string[], by: string): void
  remove(sql: Sql, lfdi: string): void
}>

export function openRegistrars(database: Database): Registrars {
  return {
    of: (lfdi) =>
      database.get<{ entered_by: string }>('SELECT entered_by FROM registrar WHERE lfdi = ?', lfdi)?.entered_by,
    all: (by) =>
      database
        .all<{ lfdi: string }>(
          'SELECT lfdi FROM registrar WHERE ? IS NULL OR entered_by = ? ORDER BY lfdi',
          by ?? null,
          by ?? null,
        )
        .map(({ lfdi }) => lfdi),
    store: (sql, lfdis, by) => {
      for (const lfdi of lfdis) sql.run('INSERT OR IGNORE INTO registrar VALUES (?, ?)', lfdi, by)
    },
    remove: (sql, lfdi) => void sql.run('DELETE FROM registrar WHERE lfdi = ?', lfdi),
  }
}
