import { Gauge, type Registry } from 'prom-client'
import type { Trust } from './operations/trust.ts'

/** How many stand at each level, and about how many something is done, for a scraper. */
export function trustMetrics(registry: Registry, trust: Trust): void {
  const registers = [registry]
  const levels = new Gauge({
    name: 'gridloom_gsp_trust_subjects',
    help: 'Subjects that the trust module has spoken of, by level',
    labelNames: ['level'],
    registers,
    collect() {
      const standings = trust.standings()
      for (const level of [0, 1, 2, 3, 4]) {
        levels.set({ level }, standings.filter((standing) => standing.level === level).length)
      }
    },
  })
  const enforced = new Gauge({
    name: 'gridloom_gsp_trust_enforced',
    help: 'Parties whose events are held, and whose sessions are refused',
    labelNames: ['what'],
    registers,
    collect() {
      const { held, denied } = trust.tally()
      enforced.set({ what: 'hold' }, held)
      enforced.set({ what: 'deny' }, denied)
    },
  })
}
