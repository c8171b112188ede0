import type { CommandOutcome, PeerReport, RegionCommand, RegisteredPeer, ReportAnswer } from '@gridloom/contracts'
import { createLogger } from '@gridloom/kit'
import { Registry } from 'prom-client'
import { Config } from '../config.ts'
import { createGauges } from '../metrics.ts'
import { createRegion, type Region, type RoundResult } from '../region.ts'

export const host = 'A'.repeat(40)

/** A region with a clock that stands still until it is moved, and peers that report what they are given. */
export function liveRegion(settings: object = {}, known: readonly RegisteredPeer[] = [], epoch = 1) {
  const config = Config.parse({ certs: 'none', regions: [{ region: 0, ...settings }], dwellSeconds: 0 })
  const [own] = config.regions
  if (!own) throw new Error('a configuration with one region has one')
  let now = 1000
  const registry = new Registry()
  const reports = new Map<string, PeerReport>()
  const region: Region = createRegion({
    own,
    config,
    epoch,
    known,
    self: { url: () => 'https://tracker', host: 'F'.repeat(40) },
    now: () => now,
    trust: () => 1,
    log: createLogger('tracker', 'silent'),
    gauges: createGauges(registry),
  })
  const report = (ids: readonly string[], outcomes: readonly CommandOutcome[] = []): ReportAnswer =>
    region.take(
      { ts: now, lamport: 0, reports: ids.flatMap((id) => reports.get(id) ?? []), outcomes: [...outcomes] },
      host,
    )

  return {
    region,
    pass: (seconds: number) => void (now += seconds),
    /** Registers peers and lets them report. */
    join(...peers: readonly PeerReport[]): void {
      region.register(peers.map(peerOf))
      for (const peer of peers) reports.set(peer.id, peer)
      report(peers.map(({ id }) => id))
    },
    change(id: string, change: object): void {
      const before = reports.get(id)
      if (before) reports.set(id, { ...before, ...change } as PeerReport)
    },
    report,
    /** All that is there reports, but for some, and a round is decided. */
    round(but: readonly string[] = []): RoundResult {
      report([...reports.keys()].filter((id) => !but.includes(id)))
      const result = region.round()
      if (!result) throw new Error('the region listens')
      return result
    },
    /** The value of a metric: of a histogram its sum. */
    async metric(name: string): Promise<number | undefined> {
      const values = (await registry.getSingleMetric(name)?.get())?.values ?? []
      return values.find((one) => !('metricName' in one) || one.metricName === `${name}_sum`)?.value
    },
    commandsFor: (id: string): readonly RegionCommand[] => report([id]).peers[0]?.commands ?? [],
  }
}

export function peerOf({ id, kind }: PeerReport): RegisteredPeer {
  return { id, name: id, kind, capacityKw: 100, url: 'https://host', host }
}

export function engine(id: string, capacityKw: number, outputKw = 0): PeerReport {
  return { id, kind: 'continuous', capacityKw, outputKw, merit: 1, loadKw: 0 }
}

export function sun(id: string, availableKw: number): PeerReport {
  return { id, kind: 'stochastic', capacityKw: 100, availableKw, outputKw: availableKw, loadKw: 0 }
}

export function house(id: string, stochasticKw: number, deferrableKw = 0): PeerReport {
  const kw = { stochasticKw, stochasticMaxKw: stochasticKw, deferrableKw, drKw: deferrableKw, shedKw: 0 }
  return { id, kind: 'consumer', class: 5, ...kw }
}

export function battery(id: string, mode: 'charging' | 'idle' | 'discharging', dischargeKw = 0): PeerReport {
  const kwh = { availableKwh: 20, capacityKwh: 40, reserveKwh: 0 }
  return { id, kind: 'storage', mode, chargingRateKw: 10, dischargeRateKw: 10, dischargeKw, loadKw: 0, ...kwh }
}
