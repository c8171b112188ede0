import type { Database } from '@gridloom/kit'

export type Taken = Readonly<{ generation: number; n: number; at: number }>

/** Whole states of the engine: the newest is where a start begins to replay. */
export type Snapshots = Readonly<{
  latest(): Taken | undefined
  records(generation: number): Iterable<string>
  /** Stores a state as it was after input `n`; one that was interrupted counts for nothing. */
  take(n: number, at: number, records: Iterable<string>): Promise<void>
}>

const slice = 200
const someOthers = `DELETE FROM snapshot WHERE (generation, position) IN (
  SELECT generation, position FROM snapshot WHERE generation <> ? LIMIT 1000
)`

export function openSnapshots(database: Database): Snapshots {
  const latest = () => database.get<Taken>('SELECT * FROM taken ORDER BY generation DESC LIMIT 1')
  /** Removes all states but one, in slices: nobody waits for more than one of them. */
  const keepOnly = async (generation: number): Promise<void> => {
    const removeSome = () => database.commit((sql) => sql.run(someOthers, generation).changes)
    while ((await removeSome()) > 0);
  }
  return {
    latest,
    *records(generation) {
      for (let from = 0; ; from += slice) {
        const rows = database.all<{ record: string }>(
          'SELECT record FROM snapshot WHERE generation = ? AND position >= ? ORDER BY position LIMIT ?',
          generation,
          from,
          slice,
        )
        if (rows.length === 0) return
        for (const { record } of rows) yield record
      }
    },
    take: async (n, at, records) => {
      const generation = (latest()?.generation ?? 0) + 1
      await keepOnly(generation - 1) // an interrupted one may have left something
      const write = (from: number, piece: readonly string[]) =>
        database.commit((sql) => {
          for (const [at_, record] of piece.entries())
            sql.run('INSERT INTO snapshot VALUES (?, ?, ?)', generation, from + at_, record)
        })
      let position = 0
      let piece: string[] = []
      for (const record of records) {
        piece.push(record)
        if (piece.length < slice) continue
        await write(position, piece)
        position += piece.length
        piece = []
      }
      await write(position, piece)
      await database.commit((sql) => {
        sql.run('INSERT INTO taken VALUES (?, ?, ?)', generation, n, at)
        sql.run('DELETE FROM taken WHERE generation < ?', generation)
      })
      await keepOnly(generation)
    },
  }
}
