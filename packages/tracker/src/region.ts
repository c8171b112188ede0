import type {
  CommandOutcome,
  GuestConsumer,
  PeerReport,
  RegionDetail,
  RegionSummary,
  RegisteredPeer,
  ReportAnswer,
  ReportBatch,
  TakeoverAnswer,
  TakeoverAsk,
} from '@gridloom/contracts'
import type { Logger } from '@gridloom/kit'
import type { Config, RegionConfig } from './config.ts'
import { darkSecondsOf } from './black-outs.ts'
import { createDesk } from './desk.ts'
import { decideRegion, type Decision } from './domain/live/decide.ts'
import { expectedReport, memberOf, type Member } from './domain/live/member.ts'
import { recalledTrees } from './domain/live/recalled-trees.ts'
import { snapshotOf, type SnapshotSources } from './domain/live/snapshot.ts'
import { spareOf } from './domain/live/spare.ts'
import { createDispatch, type DirectCommand } from './dispatch.ts'
import { createLending } from './lending.ts'
import type { Gauges } from './metrics.ts'
import { createOutcomes } from './outcomes.ts'
import { createRollCall } from './roll-call.ts'
import { createShowRound } from './show-round.ts'
import { detailOf, summaryOf } from './status.ts'

export type RegionOptions = Readonly<{
  own: RegionConfig
  config: Config
  epoch: number
  /** The members before this start: only who they are. */
  known: readonly RegisteredPeer[]
  self: Readonly<{ url: () => string; host: string }>
  now: () => number
  trust: SnapshotSources['trust']
  log: Logger
  gauges: Gauges
}>

export type RoundResult = Readonly<{
  decision: Decision
  /** What the tracker itself tells consumers whose generator cannot. */
  direct: readonly DirectCommand[]
  /** Own consumers that no generator here can feed, as a neighbour needs to know them. */
  wanting: readonly GuestConsumer[]
}>

/** One region and its tracker's whole mind: soft state, one decision a round. */
export type Region = ReturnType<typeof createRegion>

export function createRegion({ own, config, epoch, known, self, now, trust, log, gauges }: RegionOptions) {
  const number = own.region
  const label = { region: String(number) }
  const members = new Map<string, Member>(known.map((peer) => [peer.id, memberOf(peer)]))
  const desk = createDesk(number, epoch)
  const lending = createLending()
  const gridId = `grid-${number}`
  let gridKw = 0
  let lamport = 0
  let previous: ReadonlyMap<string, string> = new Map()
  let last: Readonly<{ decision: Decision; at: number; spareKw: number }> | undefined
  let [rounds, moves] = [0, 0]
  let busySeconds = 0

  const isGrid = (id: string): boolean => id === gridId
  const address = (id: string): Readonly<{ url: string; host: string }> | undefined => {
    const { url, host } = members.get(id)?.peer ?? lending.guests(now()).find((guest) => guest.id === id) ?? {}
    return url !== undefined && host !== undefined ? { url, host } : undefined
  }
  const setGrid = (kw: number): void => void (gridKw = kw)
  const dispatch = createDispatch({ own, config, epoch, desk, members, address, self, isGrid, setGrid })

  const common = { region: number, members, gauges, log }
  const began = (at: number): void => void (previous = recalledTrees(members.values(), number, at))
  const roll = { ...common, epoch, known, config, startedAt: now(), began }
  const { isListening, listens, noteLost } = createRollCall(roll)

  const snapshot = (at: number) =>
    snapshotOf({
      now: at,
      members: members.values(),
      guests: lending.guests(at),
      lent: lending.lent(at),
      grid:
        own.supplyKw === undefined && own.exportKw === 0
          ? undefined
          : { id: gridId, supplyKw: own.supplyKw ?? 0, exportKw: own.exportKw, outputKw: gridKw },
      trust,
      previous,
      patience: config,
      safety: config.safety,
      stochasticHeadroom: config.stochasticHeadroom,
    })

  const showRound = createShowRound({ ...common, periodSeconds: config.periodSeconds })

  const outcomes = createOutcomes({ ...common, desk, self: self.host })

  /** Own consumers as a neighbour needs to know them. */
  const asGuests = (ids: readonly string[]): readonly GuestConsumer[] =>
    ids.flatMap((id) => {
      const member = members.get(id)
      const report = member && expectedReport(member, now())
      if (!member || report?.kind !== 'consumer') return []
      const { url, host, feeder } = member.peer
      const kw = report.stochasticKw + report.deferrableKw - report.shedKw
      return [{ id, class: report.class, kw, url, host, ...(feeder !== undefined && { feeder }) }]
    })

  return {
    number,
    epoch,
    neighbours: own.neighbours,
    members,
    lending,
    asGuests,
    phase: (): 'listening' | 'steering' => (isListening() ? 'listening' : 'steering'),
    spareKw: (): number => last?.spareKw ?? 0,

    register(peers: readonly RegisteredPeer[]): void {
      for (const peer of peers) {
        const member = members.get(peer.id)
        members.set(peer.id, member ? { ...member, peer } : memberOf(peer))
      }
    },

    leave(ids: readonly string[]): void {
      for (const id of ids) {
        members.delete(id)
        lending.takeBack([id])
      }
    },

    /** Takes the reports of a host, and answers what there is for its peers. */
    take(batch: ReportBatch, host: string): ReportAnswer & Readonly<{ isUrgent: boolean }> {
      const started = performance.now()
      const at = now()
      lamport = Math.max(lamport, batch.lamport) + 1
      const isOwned = ({ id, kind }: PeerReport): boolean => {
        const peer = members.get(id)?.peer
        return peer?.host === host && peer.kind === kind
      }
      const owned = batch.reports.filter(isOwned)
      for (const report of owned) {
        const member = members.get(report.id)
        if (!member) continue
        const lease = member.heardAt === undefined && report.kind === 'consumer' ? report.lease : undefined
        // a tracker that starts again learns so whom a neighbour feeds
        if (lease && lease.region !== number && lease.validUntil > at) lending.recall(report.id, lease)
        member.report = report
        member.heardAt = at
      }
      const failed = batch.outcomes.filter((outcome) => outcomes.take(outcome, host, at))
      const steers = !listens(at)
      const peers = owned.map(({ id }) => {
        const { tree, lease } = members.get(id) ?? {}
        const held = lending.loan(id, at)?.lease ?? lease
        return { id, commands: [...desk.waitingFor(id, at)], ...(tree && { tree }), ...(held && { lease: held }) }
      })
      busySeconds += (performance.now() - started) / 1000
      return {
        region: number,
        epoch,
        lamport,
        phase: steers ? 'steering' : 'listening',
        periodSeconds: config.periodSeconds,
        peers,
        unknown: batch.reports.filter((report) => !isOwned(report)).map(({ id }) => id),
        isUrgent: failed.length > 0,
      }
    },

    /** Acknowledgements between two reports; true when something was not done and another round is due. */
    acknowledge(told: readonly CommandOutcome[], from: string): boolean {
      const at = now()
      return told.filter((outcome) => outcomes.take(outcome, from, at)).length > 0
    },

    /** Snapshot, decision, commands; undefined while the tracker listens. */
    round(): RoundResult | undefined {
      const at = now()
      if (listens(at)) return undefined
      outcomes.giveUp(at)
      noteLost(at)
      if (last && (last.decision.books.unservedKw > 0 || last.decision.starving.some((id) => members.has(id))))
        lending.close()
      const started = performance.now()
      const before = snapshot(at)
      const darkSeconds = darkSecondsOf({
        members,
        trees: previous,
        snapshot: before,
        roundAt: last?.at ?? at,
        at,
        patience: config,
      })
      const decision = decideRegion(before)
      gauges.round.observe(label, (performance.now() - started) / 1000)
      const direct = dispatch({ decision, snapshot: before, previous, at })
      const roots = new Set(decision.trees.map(({ generator }) => generator))
      for (const [id, member] of members) if (!roots.has(id)) member.tree = undefined
      busySeconds += (performance.now() - started) / 1000
      showRound({ decision, previous, lending, at, seconds: at - (last?.at ?? at), darkSeconds, busySeconds })
      busySeconds = 0
      previous = treesOf(decision)
      last = { decision, at, spareKw: spareOf(before, decision) }
      rounds += 1
      moves += decision.moved
      return { decision, direct, wanting: asGuests(decision.starving) }
    },

    /** A neighbour asks for its consumers to be fed here. */
    takeover(ask: TakeoverAsk): TakeoverAnswer {
      const at = now()
      const until = at + config.leaseSeconds
      const isOpen = last !== undefined && !isListening() && last.decision.books.unservedKw === 0
      const kw = isOpen && !last?.decision.starving.some((id) => members.has(id)) ? (last?.spareKw ?? 0) : -1
      const ids = lending.host(ask, { kw, until })
      return {
        until,
        accepted: ids.map((id) => {
          const lease = dispatch.guestLeases().get(id)
          return { id, ...(lease && lease.validUntil > at && { lease }) }
        }),
      }
    },

    summary: (): RegionSummary => summaryOf(facts()),
    detail: (): RegionDetail => detailOf(facts(), config),
  }

  function facts() {
    const at = now()
    const standing = { region: number, epoch, isListening: isListening(), rounds, moves }
    const guestLeases = dispatch.guestLeases()
    return { ...standing, at, members, lending, decision: last?.decision, trust, guestLeases }
  }
}

function treesOf({ trees }: Decision): ReadonlyMap<string, string> {
  return new Map(trees.flatMap(({ generator, consumers }) => consumers.map(({ id }) => [id, generator] as const)))
}
