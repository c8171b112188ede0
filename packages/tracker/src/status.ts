import type { Lease, PeerReport, RegionBooks, RegionDetail, RegionSummary } from '@gridloom/contracts'
import type { Decision } from './domain/live/decide.ts'
import { stateOf, type Member, type Patience } from './domain/live/member.ts'
import type { Lending } from './lending.ts'

export type Facts = Readonly<{
  region: number
  epoch: number
  isListening: boolean
  rounds: number
  moves: number
  at: number
  members: ReadonlyMap<string, Member>
  lending: Lending
  decision: Decision | undefined
  trust: (lfdi: string | undefined) => number
  /** Of consumers of neighbours. */
  guestLeases: ReadonlyMap<string, Lease>
}>

const noBooks: RegionBooks = {
  demandKw: 0,
  servedKw: 0,
  shedKw: 0,
  deferredKw: 0,
  starvingKw: 0,
  chargingKw: 0,
  supplyKw: 0,
  unservedKw: 0,
  exportedKw: 0,
  curtailedKw: 0,
  spillKw: 0,
}

/** A region in one line, as an operator sees it. */
export function summaryOf({
  region,
  epoch,
  isListening,
  rounds,
  moves,
  at,
  members,
  lending,
  decision,
}: Facts): RegionSummary {
  const kinds = Map.groupBy(members.values(), ({ peer }) => peer.kind)
  const storages = kinds.get('storage')?.length ?? 0
  const consumers = kinds.get('consumer')?.length ?? 0
  return {
    region,
    epoch,
    phase: isListening ? 'listening' : 'steering',
    rounds,
    at,
    generators: members.size - storages - consumers,
    storages,
    consumers,
    starving: decision?.starving.length ?? 0,
    lent: lending.lent(at).size,
    guests: lending.guests(at).length,
    moves,
    books: decision?.books ?? noBooks,
  }
}

/** A region with its peers and leases. */
export function detailOf(facts: Facts, patience: Patience): RegionDetail {
  const { members, lending, at, trust, guestLeases } = facts
  const own = [...members].map(([id, { lease }]) => [id, lending.loan(id, at)?.lease ?? lease] as const)
  const leased = [...own, ...guestLeases]
  return {
    ...summaryOf(facts),
    peers: [...members.values()].map((member) => {
      const { id, name, kind, host, lfdi } = member.peer
      const share = kind === 'consumer' ? 1 : trust(lfdi)
      const state = stateOf(member, at, patience)
      const note = noteOf(member, at)
      const generator = lending.loan(id, at)?.lease?.generator ?? member.lease?.generator
      const kw = member.report ? powerOf(member.report) : 0
      return {
        id,
        name,
        kind,
        host,
        state,
        kw,
        ...(note !== undefined && { note }),
        ...(generator !== undefined && { generator }),
        ...(share < 1 && { trust: share }),
      }
    }),
    leases: leased.flatMap(([consumer, lease]) => (lease ? [{ ...lease, consumer }] : [])),
  }
}

function powerOf(report: PeerReport): number {
  if (report.kind === 'consumer') return -(report.stochasticKw + report.deferrableKw - report.shedKw)
  if (report.kind !== 'storage') return report.outputKw
  if (report.mode === 'charging') return -report.chargingRateKw
  return report.mode === 'discharging' ? report.dischargeKw : 0
}

function noteOf({ report, readyAt = 0 }: Member, at: number): string | undefined {
  if (readyAt > at && report?.kind !== 'storage') return `starts, ready in ${Math.ceil(readyAt - at)} s`
  switch (report?.kind) {
    case 'storage':
      return `${report.mode}, ${report.availableKwh.toFixed(1)} kWh`
    case 'fixed':
      return report.online ? 'online' : 'offline'
    case 'consumer': {
      const shed = report.shedKw > 0 ? `, ${report.shedKw.toFixed(2)} kW shed` : ''
      return `class ${report.class}${shed}${report.waiting ? `, ${report.waiting.kw.toFixed(2)} kW waits` : ''}`
    }
    default:
      return undefined
  }
}
