import { randomUUID } from 'node:crypto'
import type {
  CommandOutcome,
  Lease,
  PeerKind,
  PeerMetadata,
  PeerReport,
  RegionCommand,
  RegionMember,
  ShedAsk,
  Tree,
} from '@gridloom/contracts'
import type { Dcm } from '../dcm.ts'
import { isOwed } from '../domain/local-orders.ts'
import { obey, recovered, warned, type Duty } from './duty.ts'
import { reportOf, wantedKwOf } from './report-of.ts'
import { sightOf, type Sight } from './sight.ts'
import { wishOf } from './wish-of.ts'

export type PeerOptions = Readonly<{
  dcm: Dcm
  kind: PeerKind
  class: number
  merit: number
  feeder: string | undefined
  /** Where its host hears others. */
  url: () => string
  /** How long a vehicle that has just arrived may wait; 0 lets it charge at once. */
  deferSeconds: number
  /** False: it reports, and does as it likes. */
  acts: boolean
  /** Of an engine, from being asked until it delivers. */
  startSeconds: number
}>

/** A device as a member of its region: what it is told becomes local orders, below all that the utility asks. */
export type RegionPeer = ReturnType<typeof createPeer>

const orderSeconds = 120
const renewSeconds = 40
/** A device shows a limit of the region for so long after it was lifted. */
const limitLingersSeconds = 10
/** A peak of the firm load is forgotten by so much with each report. */
const peakFade = 0.998

export function createPeer(options: PeerOptions) {
  const { dcm, kind, class: importance, merit, feeder, url, deferSeconds, acts, startSeconds } = options
  let member: RegionMember | undefined
  let duty: Duty = {}
  let tree: Tree | undefined
  let lease: Lease | undefined
  /** The lease before: its generator may still have a word of the round that ended it. */
  let former: Lease | undefined
  let firmPeakKw = 0
  let hadVehicle = true
  let order: Readonly<{ mRID: string; words: string; end: number }> | undefined
  let joinedAt = 0
  let warnedAt = -Infinity
  let ownLimit: Readonly<{ watts: number; until: number }> | undefined

  const sight = (): Sight | undefined => {
    const status = dcm.status()
    if (!status) return undefined
    const { limitW } = status
    const isOurs = ownLimit && dcm.serverNow() < ownLimit.until && Math.abs((limitW ?? 0) - ownLimit.watts) <= 1
    return sightOf(dcm.kind, dcm.ratings(), status, isOurs ? undefined : limitW)
  }

  /** A storage that has to keep a trade is not the region's to charge or to discharge. */
  const isTaken = (): boolean => kind === 'storage' && isOwed(dcm.orders.running())

  /** A vehicle that arrives waits for its turn, but not longer than its driver can. */
  const deferArrival = (seen: Sight, now: number): void => {
    const isHere = (seen.vehicle?.wantedWh ?? 0) > 0
    const arrives = isHere && !hadVehicle
    // one that is gone or full wants no more
    if (hadVehicle && !isHere && duty.starves) duty = { ...duty, starves: { wantedKw: 0 } }
    hadVehicle = isHere
    if (!isHere || (duty.waiting && duty.waiting.latest <= now)) duty = without(duty, 'waiting')
    if (!arrives || !seen.vehicle || deferSeconds === 0 || !acts) return
    const kw = seen.chargingRateKw
    const spare = seen.vehicle.departsInSeconds - (3.6 * seen.vehicle.wantedWh) / Math.max(kw, 0.001)
    if (spare > 0) duty = { ...duty, waiting: { kw, since: now, latest: now + Math.min(deferSeconds, spare) } }
  }

  return {
    dcm,
    kind,
    acts,
    member: () => member,
    tree: () => tree,
    lease: () => lease,
    hangsOn: (generator: string, host: string): boolean =>
      [lease, former].some((one) => one?.generator === generator && one.generatorHost === host),
    duty: () => duty,
    joinedAt: () => joinedAt,

    metadata(): PeerMetadata {
      const capacityKw = dcm.ratings().maxW / 1000
      return { name: dcm.name, kind, capacityKw, url: url(), lfdi: dcm.lfdi, ...(feeder !== undefined && { feeder }) }
    },

    join(next: RegionMember | undefined, now: number): void {
      if (next?.region !== member?.region || next === undefined)
        [tree, lease, former] = [undefined, undefined, undefined]
      member = next
      joinedAt = now
    },

    /** What it has to report; undefined while the device does not answer. */
    report(now: number): PeerReport | undefined {
      const seen = sight()
      if (!member || !seen) return undefined
      deferArrival(seen, now)
      if (isTaken()) duty = {}
      firmPeakKw = Math.max(seen.firmKw, peakFade * firmPeakKw)
      const held = lease && lease.validUntil > now ? lease : undefined
      const standing = {
        id: member.id,
        kind,
        class: importance,
        merit,
        duty,
        loadKw: this.loadKw(),
        firmPeakKw,
        lease: held,
      }
      return reportOf(standing, seen)
    },

    loadKw: (): number => tree?.consumers.reduce((sum, { kw }) => sum + kw, 0) ?? 0,

    /** What it could carry by its own measure, less the margin. */
    usableKw(safety: number): number {
      const seen = sight()
      if (!seen) return 0
      if (kind === 'storage' && duty.mode === undefined) return seen.outputKw
      if (kind === 'storage') return duty.mode === 'discharging' && !seen.isEmpty ? (duty.powerKw ?? 0) : 0
      // what it is set to it gives; what it could give is counted with a margin
      if (kind === 'continuous' && duty.powerKw !== undefined) return duty.powerKw
      return (1 - safety) * (kind === 'stochastic' ? seen.availableKw : seen.capacityKw)
    },

    take(next: Readonly<{ tree?: Tree | undefined; lease?: Lease | undefined }>): void {
      tree = next.tree
      if (lease?.treeId !== next.lease?.treeId) former = lease
      lease = next.lease
      duty = without(duty, 'frugal')
    },

    setStarving(isStarving: boolean): void {
      if (!isStarving) duty = without(duty, 'starves')
      else if (!duty.starves) duty = { ...duty, starves: { wantedKw: sight()?.flexibleKw ?? 0 } }
    },

    /** The answer of a consumer of the tree: what it draws now. */
    hearLoad(id: string, kw: number): void {
      if (tree) tree = { ...tree, consumers: tree.consumers.map((one) => (one.id === id ? { ...one, kw } : one)) }
    },

    /** Does what it is told if it can, and answers how; undefined when it refuses. */
    command(command: RegionCommand, now: number): Done | undefined {
      const next = acts && !isTaken() ? obey(kind, duty, command, dcm.ratings().maxW / 1000) : undefined
      if (!next) return undefined
      const [stands, runs] = [!((duty.powerKw ?? sight()?.outputKw ?? 0) > 0), (next.powerKw ?? 0) > 0]
      duty = next
      if (kind === 'storage') return { kw: command.kw, availableKwh: sight()?.availableKwh ?? 0 }
      return { kw: command.kw, ...(stands && runs && { readyAt: now + startSeconds }) }
    },

    /** Sheds what is asked of what it can, or takes it back; answers what is really shed. */
    shed({ kw }: Pick<ShedAsk, 'kw'>): number {
      const seen = sight()
      if (!acts || !seen) return 0
      const { shed: before, ...rest } = duty
      const flexibleKw = wantedKwOf(duty, seen) + (before?.kw ?? 0)
      const really = Math.min(kw, flexibleKw)
      duty = really > 0 ? { ...rest, shed: { kw: really, leftKw: seen.firmKw + flexibleKw - really } } : rest
      return really
    },

    /** What it draws; a device that was just warned needs a moment. */
    drawnKw(): number {
      const seen = sight()
      if (!seen) return 0
      const { frugal } = duty
      return seen.firmKw + Math.min(seen.flexibleKw, frugal ? frugal.part * frugal.ofKw : Infinity)
    },

    /** Its generator carries too much: it takes half of what it can do without. Answers what it draws then. */
    warn(now: number): number {
      const seen = sight()
      if (!seen) return 0
      if (acts) duty = warned(duty, seen.flexibleKw + (duty.shed?.kw ?? 0))
      warnedAt = now
      return this.drawnKw()
    },

    /** Alone: a tenth more after each quiet period; orders of a tracker that is gone end, engines go on. */
    runAlone(now: number, quietSeconds: number): void {
      duty = without(without(duty, 'starves'), 'waiting')
      const isOver = (tree ?? lease)?.validUntil === undefined || ((tree ?? lease)?.validUntil ?? 0) <= now
      if (isOver && kind === 'storage') duty = {}
      if (isOver && kind === 'stochastic') duty = without(duty, 'limitKw')
      if (isOver) duty = without(duty, 'shed')
      if (duty.frugal && now - warnedAt >= quietSeconds) {
        duty = recovered(duty)
        warnedAt = now
      }
    },

    /** Brings the device's local order in line with its duty. */
    async apply(): Promise<void> {
      const seen = sight()
      const wish = acts && seen ? wishOf(kind, duty, seen) : undefined
      const now = dcm.serverNow()
      const words = JSON.stringify(wish)
      const old = order
      if (wish?.maxExportW !== undefined) ownLimit = { watts: wish.maxExportW, until: Infinity }
      else if (ownLimit?.until === Infinity) ownLimit = { ...ownLimit, until: now + limitLingersSeconds }
      if (wish === undefined) order = undefined
      else if (old?.words !== words || old.end - now < renewSeconds) {
        const mRID = randomUUID().replaceAll('-', '').toUpperCase()
        order = { mRID, words, end: now + orderSeconds }
        await dcm.orders.give({ mRID, source: 'region', start: now, durationSeconds: orderSeconds, ...wish })
      }
      if (old && old !== order) await dcm.orders.withdraw(old.mRID)
    },
  }
}

type Done = Pick<CommandOutcome, 'kw' | 'readyAt' | 'availableKwh'>

function without<K extends keyof Duty>(duty: Duty, key: K): Duty {
  const { [key]: _, ...rest } = duty
  return rest as Duty
}
