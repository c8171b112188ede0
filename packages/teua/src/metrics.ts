import type { App } from '@gridloom/kit'
import { Counter, Gauge } from 'prom-client'
import type { Side } from './domain/net-tender.ts'

/** What agents do, for a scraper. */
export type Meters = Readonly<{
  tendered(party: string, reason: string): void
  booked(party: string, side: Side, isNew: boolean): void
  ordered(party: string, outcome: 'given' | 'failed'): void
  delivered(party: string, imbalanceWh: number): void
  /** Positions in the interval that runs now, and whether the market answers. */
  stands(party: string, standing: Readonly<{ positionWh: number; isUp: boolean; differences: number }>): void
}>

export function createMeters(registry: App['metrics']): Meters {
  const registers = [registry]
  const counter = <Name extends string>(name: string, help: string, labelNames: readonly Name[]) =>
    new Counter({ name: `gridloom_teua_${name}`, help, labelNames: ['party', ...labelNames], registers })
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `gridloom_teua_${name}`, help, labelNames: ['party'], registers })
  const tenders = counter('tenders_total', 'Tenders, by what the market said', ['reason'])
  const trades = counter('trades_total', 'Trades booked', ['side'])
  const repeats = counter('repeats_total', 'Trades that the market told of again', [])
  const orders = counter('orders_total', 'Set points for the device: given, or tried and failed', ['outcome'])
  const imbalance = gauge('imbalance_wh', 'Delivered less position in the last interval that was metered')
  const position = gauge('position_wh', 'Committed energy of the interval that runs now, into the premises')
  const up = gauge('market_up', 'Whether the market answers')
  const differences = gauge('position_differences', 'Positions that differ from the market’s')
  return {
    tendered: (party, reason) => tenders.inc({ party, reason }),
    booked(party, side, isNew) {
      if (isNew) trades.inc({ party, side })
      else repeats.inc({ party })
    },
    ordered: (party, outcome) => orders.inc({ party, outcome }),
    delivered: (party, imbalanceWh) => imbalance.set({ party }, imbalanceWh),
    stands(party, standing) {
      position.set({ party }, standing.positionWh)
      up.set({ party }, standing.isUp ? 1 : 0)
      differences.set({ party }, standing.differences)
    },
  }
}
