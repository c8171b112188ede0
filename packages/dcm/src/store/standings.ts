import type { Database, Standing } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import { journalOf } from './journal.ts'

type Kept = Readonly<{ standings: readonly Standing[]; alerts: readonly string[] }>

/** How all stand with the DTM, for a whole process, and which alerts said so. */
export type StandingStore = Readonly<{
  standing(subject: string): Standing | undefined
  all(): readonly Standing[]
  knows(alert: string): boolean
  put(changed: readonly Standing[], alerts?: readonly string[]): Promise<void>
}>

// an alert is sent again for a day at most; so many come in none
const rememberedAlerts = 2000

/** Kept beside the journals of the DCMs, under the certificate of the process. */
export function standingsOf(database: Database, process: Lfdi): StandingStore {
  const journal = journalOf(database, process)
  const kept = (journal.recall('trust') as Kept | undefined) ?? { standings: [], alerts: [] }
  let known = bySubject(kept.standings)
  let alerts = new Set(kept.alerts)
  return {
    standing: (subject) => known.get(subject),
    all: () => [...known.values()],
    knows: (alert) => alerts.has(alert),
    async put(changed, news = []) {
      const next = new Map([...known, ...bySubject(changed)])
      const heard = new Set([...alerts, ...news].slice(-rememberedAlerts))
      const trust: Kept = { standings: [...next.values()], alerts: [...heard] }
      await journal.remember({ documents: { trust } })
      known = next
      alerts = heard
    },
  }
}

function bySubject(standings: readonly Standing[]): ReadonlyMap<string, Standing> {
  return new Map(standings.map((standing) => [standing.subject, standing]))
}
