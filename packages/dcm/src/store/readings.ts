import type { Database } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import type { Batch } from '../domain/mirror.ts'

/** Readings that could not be posted yet: a ring, whose oldest go first and are lost first. */
export type ReadingRing = Readonly<{
  push(batch: Batch): Promise<void>
  oldest(): Readonly<{ id: number; batch: Batch }> | undefined
  drop(id: number): Promise<void>
}>

export const ringLength = 1000

export function readingRing(database: Database, lfdi: Lfdi): ReadingRing {
  return {
    push: (batch) =>
      database.commit((sql) => {
        sql.run('INSERT INTO reading (lfdi, body) VALUES (?, ?)', lfdi, JSON.stringify(batch))
        sql.run(
          'DELETE FROM reading WHERE lfdi = ?1 AND id <= (SELECT id FROM reading WHERE lfdi = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)',
          lfdi,
          ringLength,
        )
      }),
    oldest() {
      const row = database.get<{ id: number; body: string }>(
        'SELECT id, body FROM reading WHERE lfdi = ? ORDER BY id LIMIT 1',
        lfdi,
      )
      return row && { id: row.id, batch: JSON.parse(row.body) as Batch }
    },
    drop: (id) => database.commit((sql) => void sql.run('DELETE FROM reading WHERE id = ?', id)),
  }
}
