import type { GuestConsumer, PeerReport } from '@gridloom/contracts'
import type { Snapshot } from './decide.ts'
import { expectedReport, stateOf, type Member, type Patience } from './member.ts'

export type Grid = Readonly<{ id: string; supplyKw: number; exportKw: number; outputKw: number }>

export type SnapshotSources = Readonly<{
  now: number
  members: Iterable<Member>
  guests: Iterable<GuestConsumer>
  /** Consumers that a neighbour feeds. */
  lent: ReadonlySet<string>
  grid: Grid | undefined
  /** The share of a device's capacity that is trusted; 0 is not dispatched. */
  trust: (lfdi: string | undefined) => number
  previous: ReadonlyMap<string, string>
  patience: Patience
  safety: number
  stochasticHeadroom: number
}>

/** Guests come after all classes of the region itself. */
const guestClass = 10
/** The grid above is asked last. */
const gridMerit = 1e9

type Report<K extends PeerReport['kind']> = Extract<PeerReport, { kind: K }>

/** What the tracker decides on: the last reports, what lost peers still count for, and guests (§6). */
export function snapshotOf(sources: SnapshotSources): Snapshot {
  const { now, members, guests, lent, grid, patience, previous, safety, stochasticHeadroom } = sources
  const generators: Snapshot['generators'][number][] = []
  const storages: Snapshot['storages'][number][] = []
  const consumers: Snapshot['consumers'][number][] = []
  for (const member of members) {
    const report = expectedReport(member, now)
    if (!report) continue
    const seen = sightOf(member)
    const trust = sources.trust(member.peer.lfdi)
    if (report.kind === 'consumer') {
      if (!seen.isForgotten && !lent.has(report.id)) consumers.push(consumerOf(report, seen, now))
    } else if (report.kind === 'storage') {
      const storage = storageOf(report, seen, trust)
      if (storage) storages.push(storage)
    } else if (!seen.isLost && trust > 0) generators.push(generatorOf(report, seen, trust))
  }
  if (grid) {
    const { id, supplyKw, outputKw } = grid
    generators.push({ id, kind: 'continuous', capacityKw: supplyKw, outputKw, merit: gridMerit })
  }
  for (const guest of guests) consumers.push(guestOf(guest))
  const exportKw = grid?.exportKw ?? 0
  return { safety, stochasticHeadroom, generators, storages, consumers, previous, exportKw }

  function sightOf(member: Member): Sight {
    const isLost = stateOf(member, now, patience) !== 'live'
    const isForgotten = isLost && now - (member.heardAt ?? -Infinity) > patience.keepDemandSeconds
    const settling = now - member.changedAt < patience.dwellSeconds
    return { isLost, isForgotten, settling, isDeaf: isLost || now < member.deafUntil, feeder: member.peer.feeder }
  }
}

type Sight = Readonly<{
  isLost: boolean
  isForgotten: boolean
  settling: boolean
  isDeaf: boolean
  feeder: string | undefined
}>

function generatorOf(
  report: Report<'stochastic' | 'fixed' | 'continuous'>,
  { settling, feeder }: Sight,
  trust: number,
): Snapshot['generators'][number] {
  const { id, kind } = report
  const capacityKw = report.capacityKw * trust
  switch (kind) {
    case 'stochastic':
      return { id, kind, capacityKw, availableKw: Math.min(report.availableKw, report.capacityKw) * trust, feeder }
    case 'fixed':
      return { id, kind, capacityKw, online: report.online, settling, feeder }
    case 'continuous':
      return { id, kind, capacityKw, outputKw: Math.min(report.outputKw, capacityKw), merit: report.merit, feeder }
    default:
      return kind satisfies never
  }
}

/** Charging counts on as demand when nothing is heard, discharging counts as nothing (§6). */
function storageOf(report: Report<'storage'>, sight: Sight, trust: number): Snapshot['storages'][number] | undefined {
  const { isLost, isForgotten, settling, feeder } = sight
  const { kind: _, loadKw: __, ...storage } = report
  if (isForgotten || (isLost && storage.mode !== 'charging')) return undefined
  const dischargeRateKw = storage.dischargeRateKw * trust
  const dischargeKw = Math.min(storage.dischargeKw, dischargeRateKw)
  return { ...storage, dischargeRateKw, dischargeKw, settling: settling || isLost, feeder }
}

function consumerOf(
  report: Report<'consumer'>,
  { isDeaf, settling, feeder }: Sight,
  now: number,
): Snapshot['consumers'][number] {
  const { id, stochasticKw, stochasticMaxKw, drKw, shedKw, waiting } = report
  // a load that has waited long enough begins by itself: it counts as demand
  const isDue = waiting !== undefined && waiting.latest <= now
  const deferrableKw = report.deferrableKw + (isDue ? waiting.kw : 0)
  return {
    id,
    class: report.class,
    stochasticKw,
    stochasticMaxKw: Math.max(stochasticMaxKw, stochasticKw),
    deferrableKw,
    drKw: Math.min(drKw, deferrableKw),
    shed: shedKw > 0,
    shedKw: Math.min(shedKw, deferrableKw),
    isDeaf,
    settling,
    waiting: isDue ? undefined : waiting,
    feeder,
  }
}

function guestOf({ id, class: own, kw, feeder }: GuestConsumer): Snapshot['consumers'][number] {
  return { id, class: guestClass + own, stochasticKw: kw, deferrableKw: 0, drKw: 0, shed: false, feeder }
}
