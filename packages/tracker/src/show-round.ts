import type { Decision } from './domain/live/decide.ts'
import type { Member } from './domain/live/member.ts'
import type { Lending } from './lending.ts'
import type { Gauges } from './metrics.ts'

type Shown = Readonly<{
  region: number
  decision: Decision
  members: ReadonlyMap<string, Member>
  lending: Lending
  at: number
  /** Since the round before. */
  seconds: number
}>

/** Puts a round into the metrics (region-tracking §7). */
export function showRound(gauges: Gauges, { region, decision, members, lending, at, seconds }: Shown): void {
  const label = { region: String(region) }
  const { books, starving, moved, gapKw } = decision
  gauges.rounds.inc(label)
  gauges.unserved.set(label, books.unservedKw)
  gauges.shed.set(label, books.shedKw)
  gauges.deferred.set(label, books.deferredKw)
  gauges.curtailed.set(label, books.curtailedKw)
  gauges.gap.set(label, gapKw)
  gauges.moves.inc(label, moved)
  gauges.starvingSeconds.inc(label, starving.length * seconds)
  const classes = Map.groupBy(starving, (id) => classOf(members.get(id)))
  for (let each = 0; each <= 9; each++) gauges.starving.set({ ...label, class: each }, classes.get(each)?.length ?? 0)
  const kinds = Map.groupBy(members.values(), ({ peer }) => peer.kind)
  for (const [kind, group] of kinds) gauges.peers.set({ ...label, kind }, group.length)
  gauges.belief.set(label, beliefErrorOf(members.values()))
  gauges.guests.set(label, lending.guests(at).length)
  gauges.lent.set(label, lending.lent(at).size)
}

/** How far the load that roots report is from the load of the trees that they were given, in the mean. */
function beliefErrorOf(members: Iterable<Member>): number {
  const errors = [...members].flatMap(({ report, tree }) => {
    if (!tree || !report || report.kind === 'consumer') return []
    return [Math.abs(report.loadKw - tree.consumers.reduce((sum, { kw }) => sum + kw, 0))]
  })
  return errors.length > 0 ? errors.reduce((sum, error) => sum + error, 0) / errors.length : 0
}

function classOf(member: Member | undefined): number {
  return member?.report?.kind === 'consumer' ? member.report.class : 9
}
