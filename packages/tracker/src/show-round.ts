import { serialize } from 'node:v8'
import type { Decision } from './domain/live/decide.ts'
import type { Member } from './domain/live/member.ts'
import type { Lending } from './lending.ts'
import type { Gauges } from './metrics.ts'

type Shown = Readonly<{
  decision: Decision
  /** The trees of the round before. */
  previous: ReadonlyMap<string, string>
  lending: Lending
  at: number
  /** Since the round before. */
  seconds: number
  /** For how long each tree that has gone dark was so. */
  darkSeconds: readonly number[]
  /** Spent on reports and on deciding since the round before. */
  busySeconds: number
}>

export type ShowOptions = Readonly<{
  region: number
  members: ReadonlyMap<string, Member>
  periodSeconds: number
  gauges: Gauges
}>

// So many members, evenly taken, stand for all when their size is asked for.
const sample = 50
// A region that works for more than this share of its time should be split.
const mostBusy = 0.5
const smoothing = 0.1

/** Puts rounds into the metrics (region-tracking §7). */
export function createShowRound({ region, members, periodSeconds, gauges }: ShowOptions): (shown: Shown) => void {
  const label = { region: String(region) }
  const starvingSince = new Map<string, number>()
  let busyShare: number | undefined

  const showStarving = ({ starving }: Decision, at: number): void => {
    const now = new Set(starving)
    for (const [id, since] of starvingSince) {
      if (now.has(id)) continue
      gauges.starved.observe(label, at - since)
      starvingSince.delete(id)
    }
    for (const id of starving) if (!starvingSince.has(id)) starvingSince.set(id, at)
    const classes = Map.groupBy(starving, (id) => classOf(members.get(id)))
    for (let each = 0; each <= 9; each++) gauges.starving.set({ ...label, class: each }, classes.get(each)?.length ?? 0)
  }

  const showSize = (busySeconds: number): void => {
    const kinds = Map.groupBy(members.values(), ({ peer }) => peer.kind)
    for (const [kind, group] of kinds) gauges.peers.set({ ...label, kind }, group.length)
    const consumers = kinds.get('consumer')?.length ?? 0
    const generators = members.size - consumers - (kinds.get('storage')?.length ?? 0)
    gauges.ratio.set(label, consumers / Math.max(generators, 1))
    const share = busySeconds / periodSeconds
    busyShare = busyShare === undefined ? share : busyShare + smoothing * (share - busyShare)
    gauges.busy.set(label, busyShare)
    if (members.size === 0) return
    gauges.peersLimit.set(label, Math.round((mostBusy / busyShare) * members.size))
    const stride = Math.ceil(members.size / sample)
    const some = [...members.values()].filter((_, index) => index % stride === 0)
    gauges.peerBytes.set(label, Math.round(serialize(some).byteLength / some.length))
  }

  return ({ decision, previous, lending, at, seconds, darkSeconds, busySeconds }) => {
    const { books, starving, moved, gapKw } = decision
    gauges.rounds.inc(label)
    gauges.unserved.set(label, books.unservedKw)
    gauges.shed.set(label, books.shedKw)
    gauges.deferred.set(label, books.deferredKw)
    gauges.deferredKwh.inc(label, (books.deferredKw * seconds) / 3600)
    gauges.deferredSeconds.inc(label, seconds * waitingIn(members.values()))
    gauges.curtailed.set(label, books.curtailedKw)
    gauges.gap.set(label, gapKw)
    gauges.moves.inc(label, moved)
    gauges.rebalanced.inc(label, rebalancedBy(decision, previous))
    gauges.starvingSeconds.inc(label, starving.length * seconds)
    gauges.blackouts.inc(label, darkSeconds.length)
    gauges.blackoutSeconds.inc(
      label,
      darkSeconds.reduce((sum, each) => sum + each, 0),
    )
    showStarving(decision, at)
    showSize(busySeconds)
    gauges.belief.set(label, beliefErrorOf(members.values()))
    gauges.guests.set(label, lending.guests(at).length)
    gauges.lent.set(label, lending.lent(at).size)
  }
}

/** Peers for which something changed: who came to another tree, into one or out of one, and who was told to do something else. */
function rebalancedBy({ trees, actions }: Decision, previous: ReadonlyMap<string, string>): number {
  const changed = new Set(actions.map(({ id }) => id))
  let kept = 0
  for (const { generator, consumers } of trees) {
    for (const { id } of consumers) {
      const before = previous.get(id)
      if (before !== undefined) kept += 1
      if (before !== generator) changed.add(id)
    }
  }
  return changed.size + (previous.size - kept)
}

function waitingIn(members: Iterable<Member>): number {
  let waiting = 0
  for (const { report } of members) if (report?.kind === 'consumer' && report.waiting) waiting += 1
  return waiting
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
