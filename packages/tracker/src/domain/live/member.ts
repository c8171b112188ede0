import type { Lease, PeerReport, RegisteredPeer, Tree } from '@gridloom/contracts'

/** A peer of the region as its tracker knows it; soft state but for who it is. */
export type Member = {
  readonly peer: RegisteredPeer
  report: PeerReport | undefined
  /** When it was heard last; undefined since this tracker started. */
  heardAt: number | undefined
  /** What it was told and has not confirmed: counts as done until then. */
  pending: Readonly<{ patch: Patch; seq: number; until: number }> | undefined
  /** The last change of mode, start or stop (dwell). */
  changedAt: number
  /** A consumer that left a shed unanswered is not asked again before. */
  deafUntil: number
  /** The limit that a stochastic generator was given, kW. */
  limitKw: number | undefined
  /** When a unit that was started delivers. */
  readyAt: number | undefined
  lease: Lease | undefined
  tree: Tree | undefined
}

/** The part of a report that a command will change. */
export type Patch = Readonly<{
  online?: boolean
  outputKw?: number
  mode?: 'charging' | 'idle' | 'discharging'
  dischargeKw?: number
  shedKw?: number
  startedKw?: number
}>

/** The times by which peers are judged, in seconds. */
export type Patience = Readonly<{
  periodSeconds: number
  missedReports: number
  keepDemandSeconds: number
  dwellSeconds: number
}>

export function memberOf(peer: RegisteredPeer): Member {
  return {
    peer,
    report: undefined,
    heardAt: undefined,
    pending: undefined,
    changedAt: -Infinity,
    deafUntil: -Infinity,
    limitKw: undefined,
    readyAt: undefined,
    lease: undefined,
    tree: undefined,
  }
}

/** A peer is lost after three missed reports (§6). */
export function stateOf({ heardAt }: Member, now: number, { periodSeconds, missedReports }: Patience) {
  if (heardAt === undefined) return 'joining'
  return now - heardAt <= missedReports * periodSeconds ? 'live' : 'lost'
}

/** The report as it will be once what was told is done. */
export function expectedReport({ report, pending }: Member, now: number): PeerReport | undefined {
  return report && pending && now < pending.until ? patched(report, pending.patch) : report
}

export function patched(report: PeerReport, { startedKw, ...patch }: Patch): PeerReport {
  if (report.kind !== 'consumer') return { ...report, ...patch }
  if (startedKw === undefined) return { ...report, ...patch }
  const { waiting: _, ...rest } = report
  return { ...rest, ...patch, deferrableKw: rest.deferrableKw + startedKw }
}
