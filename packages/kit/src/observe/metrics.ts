import { Counter, Gauge, type Registry } from 'prom-client'
import type { Rank } from './report.ts'

/** How reporting goes, for a scraper. */
export type ObserverMetrics = Readonly<{
  delivered(count: number): void
  rejected(count: number): void
  dropped(rank: Rank, count: number): void
  summarised(count: number): void
  waiting(bytes: number): void
}>

export function observerMetrics(registry: Registry | undefined): ObserverMetrics {
  const registers = registry ? [registry] : []
  const observations = new Counter({
    name: 'gridloom_observer_observations_total',
    help: 'Observations for the trust module, by what became of them',
    labelNames: ['outcome'],
    registers,
  })
  const waiting = new Gauge({
    name: 'gridloom_observer_waiting_bytes',
    help: 'Observations on the disk while the trust module is away',
    registers,
  })
  return {
    delivered: (count) => observations.inc({ outcome: 'delivered' }, count),
    rejected: (count) => observations.inc({ outcome: 'rejected' }, count),
    dropped: (rank, count) => observations.inc({ outcome: `dropped-${rank}` }, count),
    summarised: (count) => observations.inc({ outcome: 'summarised' }, count),
    waiting: (bytes) => waiting.set(bytes),
  }
}
