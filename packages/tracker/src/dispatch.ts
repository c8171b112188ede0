import type { Lease, RegionOp, TreeConsumer } from '@gridloom/contracts'
import type { Config, RegionConfig } from './config.ts'
import type { Desk } from './desk.ts'
import type { DecidedTree, Decision, Snapshot } from './domain/live/decide.ts'
import type { Member } from './domain/live/member.ts'
import { isTurn, patchOf } from './domain/live/patch-of.ts'
import type { Action } from './domain/round.ts'

/** A shed or release that no generator can pass on: the tracker tells the consumer itself. */
export type DirectCommand = Readonly<{
  seq: number
  op: 'shed' | 'release'
  consumer: TreeConsumer
  deadline: number
}>

export type DispatchOptions = Readonly<{
  own: RegionConfig
  config: Config
  epoch: number
  desk: Desk
  members: ReadonlyMap<string, Member>
  /** Where a consumer, own or guest, hears its generator. */
  address: (consumer: string) => Readonly<{ url: string; host: string }> | undefined
  self: Readonly<{ url: () => string; host: string }>
  isGrid: (id: string) => boolean
  setGrid: (kw: number) => void
}>

type Round = Readonly<{ decision: Decision; snapshot: Snapshot; previous: ReadonlyMap<string, string>; at: number }>

export type Dispatch = ((round: Round) => readonly DirectCommand[]) &
  Readonly<{
    /** Of consumers of neighbours. */
    guestLeases(): ReadonlyMap<string, Lease>
  }>

// A limit on a stochastic generator is told anew when it moved by more than this share of its capacity.
const tellShare = 0.02

/** Turns a decision into commands, trees and leases. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { config, epoch, desk, members, address, self, isGrid, setGrid } = options
  const region = options.own.region
  const guestLeases = new Map<string, Lease>()
  // Two tries of a shed and the report that tells of them.
  const patienceSeconds = 2 * config.ackSeconds + 2 * config.periodSeconds

  const order = (id: string, op: RegionOp, kw: number, at: number): void => {
    const member = members.get(id)
    if (!member) return
    const command = desk.issue({ id, op, kw, deadline: at + patienceSeconds })
    keep(member, op, kw, command.seq, at)
  }

  const keep = (member: Member, op: RegionOp, kw: number, seq: number, at: number): void => {
    const before = member.pending && at < member.pending.until ? member.pending.patch : {}
    member.pending = {
      patch: { ...before, ...patchOf(op, kw) },
      seq,
      until: at + patienceSeconds + config.periodSeconds,
    }
    if (isTurn(op, kw)) member.changedAt = at
  }

  /** Shed and release go through the root of the consumer's tree; where there is none to pass them on, directly. */
  const shed = ({ op, id, kw }: Action, { previous, at }: Round): DirectCommand[] => {
    const member = members.get(id)
    if (!member || (op !== 'shed' && op !== 'release')) return []
    const consumer = { id, url: member.peer.url, host: member.peer.host, kw: op === 'shed' ? kw : 0 }
    const root = previous.get(id)
    const rootMember = root === undefined ? undefined : members.get(root)
    const isPassedOn =
      rootMember?.heardAt !== undefined && at - rootMember.heardAt <= config.missedReports * config.periodSeconds
    const carrier = isPassedOn && root !== undefined ? root : 'tracker'
    const deadline = at + patienceSeconds
    const { seq } = desk.issue({
      id: carrier,
      op,
      kw,
      deadline,
      to: [consumer],
      reason: op === 'shed' ? 'deficit' : 'surplus',
    })
    keep(member, op, kw, seq, at)
    return isPassedOn ? [] : [{ seq, op, consumer, deadline }]
  }

  const curtail = ({ decision, snapshot, at }: Round): void => {
    for (const generator of snapshot.generators) {
      const member = members.get(generator.id)
      if (generator.kind !== 'stochastic' || !member) continue
      const cut = decision.curtail.get(generator.id) ?? 0
      const usable = (1 - config.safety) * generator.availableKw
      const limit = cut > 0 ? Math.max(0, usable - cut) : undefined
      const isNear =
        limit !== undefined &&
        member.limitKw !== undefined &&
        Math.abs(limit - member.limitKw) <= tellShare * generator.capacityKw
      if (limit === member.limitKw || isNear) continue
      member.limitKw = limit
      desk.issue({
        id: generator.id,
        op: 'curtail',
        kw: limit ?? member.peer.capacityKw,
        deadline: at + patienceSeconds,
      })
    }
  }

  const plant = ({ decision, at }: Round): void => {
    const seq = desk.next()
    const validUntil = at + config.leaseSeconds
    for (const member of members.values()) member.lease = undefined
    guestLeases.clear()
    for (const decided of decision.trees) grow(decided, { region, epoch, seq }, validUntil)
  }

  const grow = (
    { generator, usableKw, consumers }: DecidedTree,
    version: Readonly<{ region: number; epoch: number; seq: number }>,
    validUntil: number,
  ): void => {
    const root = members.get(generator)
    const treeId = `${region}.${epoch}.${version.seq}.${generator}`
    const generatorHost = root?.peer.host ?? self.host
    if (root) {
      const known = consumers.flatMap(({ id, kw }) => {
        const place = address(id)
        return place ? [{ id, ...place, kw }] : []
      })
      root.tree = { ...version, treeId, generator, usableKw, consumers: known, validUntil }
    }
    for (const { id, kw } of consumers) {
      const lease = { ...version, treeId, generator, generatorHost, kw, validUntil }
      const member = members.get(id)
      if (member) member.lease = lease
      else guestLeases.set(id, lease)
    }
  }

  const dispatch = (round: Round): readonly DirectCommand[] => {
    const { decision, at } = round
    const direct: DirectCommand[] = []
    for (const [index, action] of decision.actions.entries()) {
      const { op, id, kw } = action
      const isOverruled =
        op === 'setOutput' && decision.actions.slice(index + 1).some((later) => later.op === op && later.id === id)
      if (isOverruled) continue
      if (isGrid(id)) setGrid(kw)
      else if (op === 'shed' || op === 'release') direct.push(...shed(action, round))
      else order(id, op, kw, at)
    }
    curtail(round)
    plant(round)
    return direct
  }
  return Object.assign(dispatch, { guestLeases: () => guestLeases })
}
