import { openDatabase, type Database } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import type { Owed } from '../domain/owed.ts'

export type Letter = Owed & Readonly<{ id: number }>

/** What one DCM must still know after a restart. */
export type Journal = Readonly<{
  /** The last body remembered under this name. */
  recall(name: string): unknown
  /** A body as it is kept. */
  wordsOf(body: unknown): string
  /** Writes documents and owed responses in one transaction; a response that was ever owed is not owed again. */
  remember(news: Readonly<{ documents?: Readonly<Record<string, unknown>>; owed?: readonly Owed[] }>): Promise<void>
  /** The responses not yet accepted, in the order in which they came about. */
  unsent(): readonly Letter[]
  /** Takes a response off the list, sent or given up. */
  settle(id: number): Promise<void>
}>

const migrations = [
  `CREATE TABLE document (
     lfdi TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (lfdi, name)
   ) WITHOUT ROWID;
   CREATE TABLE owed (
     id INTEGER PRIMARY KEY, lfdi TEXT NOT NULL, subject TEXT NOT NULL, status INTEGER NOT NULL,
     kind TEXT NOT NULL, at INTEGER NOT NULL, replyTo TEXT NOT NULL, until INTEGER NOT NULL,
     settled INTEGER NOT NULL DEFAULT 0, UNIQUE (lfdi, subject, status, at)
   );
   -- a user may opt out and in (4, 5) as often as he likes; all else is said once
   CREATE UNIQUE INDEX once ON owed (lfdi, subject, status) WHERE status NOT IN (4, 5);
   CREATE INDEX unsettled ON owed (lfdi, id) WHERE settled = 0;
   CREATE TABLE reading (id INTEGER PRIMARY KEY, lfdi TEXT NOT NULL, body TEXT NOT NULL);
   CREATE INDEX readings ON reading (lfdi, id);`,
  `CREATE TABLE register (
     lfdi TEXT NOT NULL, at REAL NOT NULL, deliveredWh REAL NOT NULL, receivedWh REAL NOT NULL,
     coveredSeconds REAL NOT NULL, PRIMARY KEY (lfdi, at)
   ) WITHOUT ROWID;`,
]

/** One database for a whole fleet: many DCMs share a commit. */
export function openJournals(url: string): Database {
  return openDatabase(url, migrations)
}

/** Drops the responses that are settled and whose time was over by then. */
export function forgetSettled(database: Database, before: number): Promise<void> {
  return database.commit((sql) => void sql.run('DELETE FROM owed WHERE settled = 1 AND until < ?', before))
}

export function journalOf(database: Database, lfdi: Lfdi): Journal {
  return {
    recall(name) {
      const row = database.get<{ body: string }>('SELECT body FROM document WHERE lfdi = ? AND name = ?', lfdi, name)
      return row && JSON.parse(row.body)
    },
    wordsOf,
    remember: ({ documents = {}, owed = [] }) =>
      database.commit((sql) => {
        for (const [name, body] of Object.entries(documents)) {
          sql.run('INSERT OR REPLACE INTO document VALUES (?, ?, ?)', lfdi, name, wordsOf(body))
        }
        for (const { kind, subject, status, at, replyTo, until } of owed) {
          sql.run(
            `INSERT OR IGNORE INTO owed (lfdi, subject, status, kind, at, replyTo, until) VALUES (?, ?, ?, ?, ?, ?, ?)`,
            lfdi,
            subject,
            status,
            kind,
            at,
            replyTo,
            until,
          )
        }
      }),
    unsent: () =>
      database.all<Letter>(
        'SELECT id, kind, subject, status, at, replyTo, until FROM owed WHERE lfdi = ? AND settled = 0 ORDER BY id',
        lfdi,
      ),
    settle: (id) => database.commit((sql) => void sql.run('UPDATE owed SET settled = 1 WHERE id = ?', id)),
  }
}

// Times beyond 2^53 s occur in no real message; as numbers they stay what they are: never.
function wordsOf(body: unknown): string {
  return JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
}
