import type { PeerReport } from '@gridloom/contracts'
import { darkTrees } from './domain/live/dark-trees.ts'
import type { Snapshot } from './domain/live/decide.ts'
import { stateOf, type Member, type Patience } from './domain/live/member.ts'

export type BlackOutsAsk = Readonly<{
  members: ReadonlyMap<string, Member>
  /** Of the round before, and when that was. */
  trees: ReadonlyMap<string, string>
  roundAt: number
  snapshot: Snapshot
  at: number
  patience: Patience
}>

/** For how long each tree that went dark since the last round was so: a lost root since it was heard last, an outgrown one since that round. */
export function darkSecondsOf({ members, trees, roundAt, snapshot, at, patience }: BlackOutsAsk): readonly number[] {
  const live = [...members.values()].filter((member) => stateOf(member, at, patience) === 'live')
  const carries = new Map(live.flatMap(({ report }) => (report ? [[report.id, carriedBy(report)] as const] : [])))
  // the grid above is a root that nobody reports
  for (const unit of snapshot.generators) if (!members.has(unit.id)) carries.set(unit.id, unit.capacityKw)
  const loads = new Map(
    snapshot.consumers.map((one) => [one.id, one.stochasticKw + one.deferrableKw - (one.shedKw ?? 0)]),
  )
  return darkTrees(trees, { carries, loads }).map(({ generator }) => {
    return at - (carries.has(generator) ? roundAt : (members.get(generator)?.heardAt ?? at))
  })
}

/** The most that a peer could carry, whatever its margin and its trust; engines and storages follow their load. */
function carriedBy(report: PeerReport): number {
  switch (report.kind) {
    case 'stochastic':
      return report.availableKw
    case 'fixed':
      return report.online ? report.capacityKw : 0
    case 'continuous':
      return report.capacityKw
    case 'storage':
      return report.mode === 'discharging' ? report.dischargeRateKw : 0
    case 'consumer':
      return 0
    default:
      return report satisfies never
  }
}
