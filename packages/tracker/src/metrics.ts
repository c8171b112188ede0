import type { App } from '@gridloom/kit'
import { Counter, Gauge, Histogram } from 'prom-client'

export type Gauges = ReturnType<typeof createGauges>

const times = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]
const spells = [2, 5, 10, 30, 60, 300, 900, 3600, 14_400]

/** The metrics of all regions of a process (region-tracking §7). */
export function createGauges(registry: App['metrics']) {
  const registers = [registry]
  const labelNames = ['region'] as const
  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames, registers })
  const counter = (name: string, help: string) => new Counter({ name, help, labelNames, registers })
  const histogram = (name: string, help: string, buckets = times) =>
    new Histogram({ name, help, labelNames, registers, buckets })
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
    starved: histogram('region_starved_seconds', 'How long a consumer starved until it was fed again', spells),
    shed: gauge('region_shed_kw', 'Demand that is shed'),
    shedAck: histogram('region_shed_ack_seconds', 'Until a shed was acknowledged'),
    deferred: gauge('region_deferred_kw', 'Demand that waits for its start'),
    deferredKwh: counter('region_deferred_kwh_total', 'Power times waiting of starts that were deferred'),
    deferredSeconds: counter('region_deferred_seconds_total', 'Time that starts have waited, added up'),
    curtailed: gauge('region_curtailed_kw', 'Stochastic generation that is not used'),
    moves: counter('region_tree_moves_total', 'Consumers that were moved to another tree'),
    rebalanced: counter('region_rebalanced_total', 'Peers that came to another tree or were told to do something else'),
    belief: gauge(
      'region_belief_error_kw',
      'Mean difference between a load as the generator and as the tracker sees it',
    ),
    gap: gauge('region_greedy_gap', 'Pooled bound less what is served, kW'),
    lost: counter('region_peer_lost_total', 'Peers that were lost'),
    blackouts: counter('region_blackouts_total', 'Trees that lost their root or outgrew it'),
    blackoutSeconds: counter('region_blackout_seconds_total', 'Time that trees were dark, at most, added up'),
    peers: new Gauge({ name: 'region_peers', help: 'Peers', labelNames: ['region', 'kind'], registers }),
    ratio: gauge('region_consumers_per_generator', 'Consumers for each generator'),
    busy: gauge('region_busy_share', 'Share of its time that the tracker works for the region'),
    peersLimit: gauge('region_peers_limit', 'Peers at which the tracker would work half of its time: split before'),
    peerBytes: gauge('region_peer_bytes', 'What the tracker keeps of a peer, serialized'),
    guests: gauge('region_guests', 'Consumers of neighbours that are fed here'),
    lent: gauge('region_lent', 'Consumers that a neighbour feeds'),
  }
}
