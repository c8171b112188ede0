import { JoinAnswer, ReportAnswer, type RegionCommand } from '@gridloom/contracts'
import { backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { createAsked } from './asked-of-peers.ts'
import type { Links } from './links.ts'
import { createPassOn } from './pass-on.ts'
import type { RegionPeer } from './peer.ts'
import { createRunAlone } from './run-alone.ts'
import { createRegionSessions, type RegionSession } from './session.ts'

export type AgentOptions = Readonly<{
  region: NonNullable<Config['region']>
  peers: readonly RegionPeer[]
  links: Links
  self: string
  clock: Clock
  random: Random
  log: Logger
  counted: (what: 'sent' | 'received') => void
}>

/** The peers of one process in their regions: joins, reports, obeys, and runs alone when nobody answers (region-tracking §5, §6). */
export type Agent = ReturnType<typeof createAgent>

const joinBackoff = { firstSeconds: 1, capSeconds: 30 }
/** A consumer that has just joined is in no tree yet, and does not starve for that. */
const settlingPeriods = 3

export function createAgent({ region, peers, links, self, clock, random, log, counted }: AgentOptions) {
  const { periodSeconds, ackSeconds } = region
  let lamport = 0
  const nextLamport = (): number => (lamport += 1)
  const sessionOf = createRegionSessions({ peers, links, clock, log, periodSeconds, nextLamport })
  const asked = createAsked({ peers, sessionOf, clock, log, warned: () => counted('received') })
  const passOn = createPassOn({ links, self, shed: asked.shed, clock, log, ackSeconds })
  const { capacityLow } = asked
  const runAlone = createRunAlone({ ...region, links, self, capacityLow, clock, log, warned: () => counted('sent') })
  let joinFailures = 0
  let joinAt = 0

  const join = async (signal: AbortSignal): Promise<void> => {
    const outside = peers.filter((peer) => !peer.member())
    if (outside.length === 0 || clock.exact() < joinAt) return
    try {
      const ask = { peers: outside.map((peer) => peer.metadata()) }
      const { members, refused } = await links.join(ask, { answer: JoinAnswer, signal })
      for (const peer of outside)
        peer.join(
          members.find(({ name }) => name === peer.dcm.name),
          clock.exact(),
        )
      if (members.length > 0) log.info({ joined: members.length }, 'joined the region')
      if (refused.length > 0) throw new Error(refused.map(({ reason }) => reason).join('; '))
      joinFailures = 0
    } catch (err) {
      if (signal.aborted) return
      const seconds = backoffSeconds(joinFailures, random, joinBackoff)
      joinAt = clock.exact() + seconds
      joinFailures += 1
      log.warn({ err, seconds }, 'not joined')
    }
  }

  const report = async (session: RegionSession, own: readonly RegionPeer[], signal: AbortSignal): Promise<void> => {
    const tracker = own[0]?.member()?.tracker
    if (!tracker) return
    const ts = clock.exact()
    const outcomes = session.drain()
    const body = { ts, lamport: nextLamport(), reports: own.flatMap((peer) => peer.report(ts) ?? []), outcomes }
    const limit = AbortSignal.any([signal, AbortSignal.timeout(4000 * periodSeconds)])
    const ways = { answer: ReportAnswer, signal: limit }
    try {
      hear(session, await links.post(tracker, `/regions/${session.region}/reports`, body, ways), signal)
    } catch (err) {
      session.restore(outcomes)
      if (!signal.aborted) log.debug({ err, region: session.region }, 'not reported')
    }
  }

  const hear = (session: RegionSession, answer: ReportAnswer, signal: AbortSignal): void => {
    lamport = Math.max(lamport, answer.lamport) + 1
    if (!session.enter(answer.epoch)) return
    if (session.hear()) log.info({ region: session.region, epoch: answer.epoch }, 'tracker heard again')
    const now = clock.exact()
    const own = new Map(peers.map((peer) => [peer.member()?.id, peer]))
    for (const id of answer.unknown) own.get(id)?.join(undefined, now)
    for (const { id, commands, tree, lease } of answer.peers) {
      const peer = own.get(id)
      if (!peer) continue
      // a tracker that listens says nothing of trees: the old ones hold
      if (answer.phase === 'steering') {
        const isNew = now - peer.joinedAt() < settlingPeriods * periodSeconds
        peer.take({ tree, lease })
        peer.setStarving(peer.kind === 'consumer' && lease === undefined && !isNew)
      }
      for (const command of commands) obey(session, peer, command, signal)
    }
    void session.acknowledge(signal)
  }

  const obey = (session: RegionSession, peer: RegionPeer, command: RegionCommand, signal: AbortSignal): void => {
    const known = session.begin(command.seq)
    if (known === 'begun') return
    if (known !== 'new') return session.repeat(known)
    const { region: number, epoch, seq, id, op, kw, to = [], deadline } = command
    if (op === 'shed' || op === 'release') {
      for (const consumer of to) void passOn(session, command, consumer, signal)
      return
    }
    const isStale = epoch < session.epoch() || deadline < clock.exact()
    const isDone = !isStale && peer.command(command)
    const status = isStale ? 'stale' : isDone ? 'done' : 'refused'
    session.settle({ region: number, epoch, seq, id, status, kw: isDone ? kw : 0 })
  }

  const membersByRegion = () =>
    Map.groupBy(
      peers.filter((peer) => peer.member()),
      (peer) => peer.member()?.region ?? 0,
    )

  const beat = async (signal: AbortSignal): Promise<void> => {
    await join(signal)
    const reporting = [...membersByRegion()].map(async ([number, own]) => {
      const session = sessionOf(number)
      await report(session, own, signal)
      if (!signal.aborted && session.isCutOff()) await runAlone(own, signal)
    })
    await Promise.all(reporting)
    for (const peer of peers) {
      if (signal.aborted) return
      await peer.apply().catch((err: unknown) => log.error({ err, dcm: peer.dcm.name }, 'duty not applied'))
    }
  }

  return {
    ...asked,

    /** Says goodbye: what is not said within its time is found out by silence. */
    async leave(): Promise<void> {
      const farewells = [...membersByRegion()].map(([number, own]) => {
        const members = own.flatMap((peer) => peer.member() ?? [])
        const ask = { answer: z.object({}), signal: AbortSignal.timeout(1000 * ackSeconds) }
        const ids = members.map(({ id }) => id)
        return members[0] && links.post(members[0].tracker, `/regions/${number}/leave`, { ids }, ask)
      })
      for (const result of await Promise.allSettled(farewells)) {
        if (result.status === 'rejected') log.debug({ err: result.reason }, 'left in silence')
      }
    },

    async run(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        await beat(signal)
        try {
          await clock.sleep(periodSeconds, signal)
        } catch (error) {
          if (!signal.aborted) throw error
        }
      }
    },
  }
}
