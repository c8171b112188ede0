import type { App } from '@gridloom/kit'
import { Counter, Gauge } from 'prom-client'
import type { TrustEvent } from './domain/engine/trust-event.ts'
import type { Judge } from './operations/judge.ts'

/** What was judged and found, for a scraper. */
export type Gauges = Readonly<{ judged(events: readonly TrustEvent[], observations: number): void }>

export function createGauges(registry: App['metrics'], judge: () => Judge | undefined): Gauges {
  const registers = [registry]
  const observations = new Counter({
    name: 'gridloom_dtm_observations_total',
    help: 'Observations that were judged',
    registers,
  })
  const findings = new Counter({
    name: 'gridloom_dtm_findings_total',
    help: 'Findings by rule and severity',
    labelNames: ['rule', 'severity'],
    registers,
  })
  const changes = new Counter({
    name: 'gridloom_dtm_level_changes_total',
    help: 'Changes of level, by the new level',
    labelNames: ['level'],
    registers,
  })
  const waiting: Gauge = new Gauge({
    name: 'gridloom_dtm_waiting',
    help: 'Inputs on the disk that wait to be judged',
    registers,
    collect: (): void => waiting.set(judge()?.waiting() ?? 0),
  })
  const subjects: Gauge<'level'> = new Gauge({
    name: 'gridloom_dtm_subjects',
    help: 'Subjects by level',
    labelNames: ['level'],
    registers,
    collect: (): void => {
      const counts = [0, 0, 0, 0, 0]
      for (const { vector } of judge()?.engine.subjects() ?? []) counts[vector.level] = (counts[vector.level] ?? 0) + 1
      for (const [level, count] of counts.entries()) subjects.set({ level }, count)
    },
  })
  return {
    judged: (events, count) => {
      observations.inc(count)
      for (const event of events) {
        if (event.kind === 'finding') findings.inc({ rule: event.rule, severity: event.severity })
        if (event.kind === 'level') changes.inc({ level: event.to })
      }
    },
  }
}
