import type { TrustAlert } from '@gridloom/contracts'
import type { Database, Sql } from '@gridloom/kit'
import type { AlertWords } from '../domain/alert-of.ts'
import { uuid7 } from './uuid7.ts'

/** Alerts in the order of their numbers, and how far each subscriber has been told. */
export type Alerts = Readonly<{
  /** Numbers an alert, or raises the count of the one it continues: stored by `insert`. */
  enter(words: AlertWords): TrustAlert
  insert(sql: Sql, alert: TrustAlert): void
  since(seq: number, limit: number): readonly TrustAlert[]
  /** The number of the last one. */
  last(): number
  told(subscriber: string): number
  tell(subscriber: string, seq: number): Promise<void>
}>

// Findings of one subject and rule count as one alert for so long (§7).
const mergeSeconds = 300

export function openAlerts(database: Database): Alerts {
  let seq = database.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM alert')?.seq ?? 0
  const open = new Map<string, TrustAlert>()
  const newest = database.get<{ at: number | null }>('SELECT max(at) AS at FROM alert')?.at ?? 0
  for (const alert of recent(database, newest - mergeSeconds))
    if (alert.type === 'finding') open.set(keyOf(alert), alert)

  return {
    enter: (words) => {
      const before = words.count > 1 ? open.get(keyOf(words)) : undefined
      if (before) return remember(open, { ...before, ...words })
      seq += 1
      const alert = { id: uuid7(words.at), seq, ...words }
      return words.type === 'finding' ? remember(open, alert) : alert
    },
    insert: (sql, alert) => {
      const { seq: number, at, subject } = alert
      sql.run('INSERT OR REPLACE INTO alert VALUES (?, ?, ?, ?)', number, at, subject, JSON.stringify(alert))
    },
    since: (after, limit) =>
      database
        .all<{ alert: string }>('SELECT alert FROM alert WHERE seq > ? ORDER BY seq LIMIT ?', after, limit)
        .map(({ alert }) => JSON.parse(alert)),
    last: () => seq,
    told: (url) => database.get<{ told: number }>('SELECT told FROM subscriber WHERE url = ?', url)?.told ?? 0,
    tell: async (url, number) => {
      await database.commit((sql) =>
        sql.run('INSERT INTO subscriber VALUES (?, ?) ON CONFLICT DO UPDATE SET told = excluded.told', url, number),
      )
    },
  }
}

const mostOpen = 10_000

function remember(open: Map<string, TrustAlert>, alert: TrustAlert): TrustAlert {
  if (open.size >= mostOpen) open.clear()
  open.set(keyOf(alert), alert)
  return alert
}

function recent(database: Database, after: number): readonly TrustAlert[] {
  return database
    .all<{ alert: string }>('SELECT alert FROM alert WHERE at >= ? ORDER BY seq', after)
    .map(({ alert }) => JSON.parse(alert))
}

function keyOf({ subject, rule = '' }: Pick<TrustAlert, 'subject' | 'rule'>): string {
  return `${subject}|${rule}`
}
