import { RegisteredPeer } from '@gridloom/contracts'
import { openDatabase } from '@gridloom/kit'

const migrations = [
  `CREATE TABLE epoch (region INTEGER PRIMARY KEY, epoch INTEGER NOT NULL) STRICT;
   CREATE TABLE member (id TEXT NOT NULL, region INTEGER NOT NULL, peer TEXT NOT NULL, PRIMARY KEY (region, id)) STRICT;
   CREATE TABLE name (name TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, host TEXT NOT NULL) STRICT;`,
]

/** Who was given an id, and by whom it may be used. */
export type NameRecord = Readonly<{ name: string; id: string; host: string }>

/** What outlives a tracker: its epochs, who its members are, and the ids that its bootstrap gave. All else is soft. */
export type MemberStore = AsyncDisposable &
  Readonly<{
    /** Begins the next epoch of a region; on the disk when it resolves. */
    nextEpoch(region: number): Promise<number>
    members(region: number): readonly RegisteredPeer[]
    keep(region: number, peers: readonly RegisteredPeer[]): Promise<void>
    drop(region: number, ids: readonly string[]): Promise<void>
    named(name: string): NameRecord | undefined
    isTaken(id: string): boolean
    name(records: readonly NameRecord[]): Promise<void>
  }>

export function openMembers(url: string): MemberStore {
  const database = openDatabase(url, migrations)
  return {
    nextEpoch: (region) =>
      database.commit((sql) => {
        sql.run('INSERT INTO epoch VALUES (?, 1) ON CONFLICT (region) DO UPDATE SET epoch = epoch + 1', region)
        return sql.get<{ epoch: number }>('SELECT epoch FROM epoch WHERE region = ?', region)?.epoch ?? 1
      }),
    members: (region) =>
      database
        .all<{ peer: string }>('SELECT peer FROM member WHERE region = ? ORDER BY rowid', region)
        .map(({ peer }) => RegisteredPeer.parse(JSON.parse(peer))),
    keep: (region, peers) =>
      database.commit((sql) => {
        for (const peer of peers)
          sql.run(
            'INSERT INTO member VALUES (?, ?, ?) ON CONFLICT (region, id) DO UPDATE SET peer = excluded.peer',
            peer.id,
            region,
            JSON.stringify(peer),
          )
      }),
    drop: (region, ids) =>
      database.commit((sql) => {
        for (const id of ids) sql.run('DELETE FROM member WHERE region = ? AND id = ?', region, id)
      }),
    named: (name) => database.get<NameRecord>('SELECT name, id, host FROM name WHERE name = ?', name),
    isTaken: (id) => database.get('SELECT 1 FROM name WHERE id = ?', id) !== undefined,
    name: (records) =>
      database.commit((sql) => {
        for (const { name, id, host } of records)
          sql.run(
            'INSERT INTO name VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET host = excluded.host',
            name,
            id,
            host,
          )
      }),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}
