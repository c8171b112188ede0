import type { DeviceSchedule } from '@gridloom/contracts'
import { openDatabase } from '@gridloom/kit'
import { Stored } from '../domain/stored.ts'

/** Who did what to what, and what came of it. */
export type AuditEntry = Readonly<{
  at: number
  actor: string
  action: string
  /** Reference of the schedule, or what else it was done to. */
  subject: string
  outcome: string
  detail?: unknown
}>

/** What outlives the process: every accepted change, what programs said last, and who did what. */
export type ScheduleStore = AsyncDisposable &
  Readonly<{
    schedules(): ReadonlyMap<string, Stored>
    /** Resolves once both are on the disk. */
    save(changes: readonly Stored[], audit: readonly AuditEntry[]): Promise<void>
    decided(device: string): DeviceSchedule | undefined
    saveDecided(decided: DeviceSchedule): Promise<void>
    audit(limit: number): readonly AuditEntry[]
  }>

const migrations = [
  `CREATE TABLE schedule (ref TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE decided (device TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE audit (id INTEGER PRIMARY KEY, at REAL NOT NULL, body TEXT NOT NULL);`,
]

// the newest are kept
const mostAudit = 100_000

export function openSchedules(url: string): ScheduleStore {
  const database = openDatabase(url, migrations)
  return {
    schedules() {
      const rows = database.all<{ ref: string; body: string }>('SELECT ref, body FROM schedule')
      return new Map(rows.map(({ ref, body }) => [ref, Stored.parse(JSON.parse(body))]))
    },
    save: (changes, audit) =>
      database.commit((sql) => {
        for (const stored of changes) {
          sql.run('INSERT OR REPLACE INTO schedule VALUES (?, ?)', stored.objRef, JSON.stringify(stored))
        }
        for (const entry of audit) {
          const { lastId } = sql.run('INSERT INTO audit (at, body) VALUES (?, ?)', entry.at, JSON.stringify(entry))
          sql.run('DELETE FROM audit WHERE id <= ?', lastId - mostAudit)
        }
      }),
    decided(device) {
      const row = database.get<{ body: string }>('SELECT body FROM decided WHERE device = ?', device)
      return row && (JSON.parse(row.body) as DeviceSchedule)
    },
    saveDecided: (decided) =>
      database.commit((sql) => {
        sql.run('INSERT OR REPLACE INTO decided VALUES (?, ?)', decided.device, JSON.stringify(decided))
      }),
    audit(limit) {
      const rows = database.all<{ body: string }>('SELECT body FROM audit ORDER BY id DESC LIMIT ?', limit)
      return rows.map(({ body }) => JSON.parse(body) as AuditEntry)
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}
