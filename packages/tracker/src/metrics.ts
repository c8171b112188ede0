import type { App } from '@gridloom/kit'
import { Counter, Gauge, Histogram } from 'prom-client'

export type Gauges = ReturnType<typeof createGauges>

const times = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]

/** The metrics of all regions of a process (region-tracking §7). */
export function createGauges(registry: App['metrics']) {
  const registers = [registry]
  const labelNames = ['region'] as const
  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames, registers })
  const counter = (name: string, help: string) => new Counter({ name, help, labelNames, registers })
  const histogram = (name: string, help: string) => new Histogram({ name, help, labelNames, registers, buckets: times })
  return {
    round: histogram('region_round_seconds', 'Deciding one round'),
    rounds: counter('region_rounds_total', 'Rounds'),
    unserved: gauge('region_unserved_kw', 'Demand that nothing covers'),
    starving: new Gauge({
      name: 'region_starving_consumers',
      help: 'Consumers without a tree',
      labelNames: ['region', 'class'],
      registers,
    }),
    starvingSeconds: counter('region_starving_seconds_total', 'Time that consumers have starved, added up'),
    shed: gauge('region_shed_kw', 'Demand that is shed'),
    shedAck: histogram('region_shed_ack_seconds', 'Until a shed was acknowledged'),
    deferred: gauge('region_deferred_kw', 'Demand that waits for its start'),
    curtailed: gauge('region_curtailed_kw', 'Stochastic generation that is not used'),
    moves: counter('region_tree_moves_total', 'Consumers that were moved to another tree'),
    belief: gauge(
      'region_belief_error_kw',
      'Mean difference between a load as the generator and as the tracker sees it',
    ),
    gap: gauge('region_greedy_gap', 'Pooled bound less what is served, kW'),
    lost: counter('region_peer_lost_total', 'Peers that were lost'),
    blackouts: counter('region_blackouts_total', 'Trees that lost their root or outgrew it'),
    peers: new Gauge({ name: 'region_peers', help: 'Peers', labelNames: ['region', 'kind'], registers }),
    guests: gauge('region_guests', 'Consumers of neighbours that are fed here'),
    lent: gauge('region_lent', 'Consumers that a neighbour feeds'),
  }
}
