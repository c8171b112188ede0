import type { AuditEntry, DerTerms } from '@gridloom/contracts'
import { openDatabase, type Sql } from '@gridloom/kit'
import type { Closed } from '../domain/services/delivery.ts'
import type { Running } from '../domain/services/running.ts'

/** What is kept of a DER beside what others tell of it. */
export type KeptDer = Readonly<{
  terms: DerTerms
  usedWh: number
  asked: number
  followed: number
  dropped: number
  quarters: readonly (readonly [number, number])[]
}>

export type Told = Readonly<{ at: number; actor: string; action: string; service?: string; detail?: unknown }>

/** What outlives the process: services with all that they need to go on, their intervals, DERs, and who did what. */
export type ServiceStore = AsyncDisposable &
  Readonly<{
    all(): readonly Running[]
    intervals(id: string): readonly Closed[]
    ders(): ReadonlyMap<string, KeptDer>
    audit(query: Readonly<{ after: number; limit: number; service?: string | undefined }>): readonly AuditEntry[]
    /** Resolves once all of it is on the disk. */
    save(changes: Readonly<{ running?: Running; closed?: readonly Closed[]; told?: readonly Told[] }>): Promise<void>
    saveDers(ders: ReadonlyMap<string, KeptDer>): Promise<void>
  }>

const migrations = [
  `CREATE TABLE service (id TEXT PRIMARY KEY, created REAL NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE interval (service TEXT NOT NULL, start REAL NOT NULL, body TEXT NOT NULL, PRIMARY KEY (service, start)) WITHOUT ROWID;
   CREATE TABLE der (lfdi TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE audit (seq INTEGER PRIMARY KEY, at REAL NOT NULL, service TEXT, body TEXT NOT NULL);
   CREATE INDEX audit_of_service ON audit (service, seq);
   CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
   CREATE TRIGGER audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;`,
]

export function openServices(url: string): ServiceStore {
  const database = openDatabase(url, migrations)
  return {
    all: () =>
      database
        .all<{ body: string }>('SELECT body FROM service ORDER BY created, id')
        .map(({ body }) => JSON.parse(body) as Running),
    intervals: (id) =>
      database
        .all<{ body: string }>('SELECT body FROM interval WHERE service = ? ORDER BY start', id)
        .map(({ body }) => JSON.parse(body) as Closed),
    ders: () =>
      new Map(
        database
          .all<{ lfdi: string; body: string }>('SELECT lfdi, body FROM der')
          .map(({ lfdi, body }) => [lfdi, JSON.parse(body) as KeptDer]),
      ),
    audit: ({ after, limit, service }) =>
      database
        .all<{ seq: number; body: string }>(
          'SELECT seq, body FROM audit WHERE seq > ?1 AND (?2 IS NULL OR service = ?2) ORDER BY seq LIMIT ?3',
          after,
          service ?? null,
          limit,
        )
        .map(({ seq, body }) => ({ seq, ...(JSON.parse(body) as Told) })),
    save: ({ running, closed = [], told = [] }) =>
      database.commit((sql) => {
        if (running) putService(sql, running)
        for (const each of closed) {
          const id = running?.service.id ?? ''
          sql.run('INSERT OR REPLACE INTO interval VALUES (?, ?, ?)', id, each.interval.start, JSON.stringify(each))
        }
        for (const entry of told) {
          const { at, service = null } = entry
          sql.run('INSERT INTO audit (at, service, body) VALUES (?, ?, ?)', at, service, JSON.stringify(entry))
        }
      }),
    saveDers: (ders) =>
      database.commit((sql) => {
        for (const [lfdi, kept] of ders) sql.run('INSERT OR REPLACE INTO der VALUES (?, ?)', lfdi, JSON.stringify(kept))
      }),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

function putService(sql: Sql, running: Running): void {
  const { id, created } = running.service
  sql.run('INSERT OR REPLACE INTO service VALUES (?, ?, ?)', id, created, JSON.stringify(running))
}
