import {
  JoinAnswer,
  OutcomeBatch,
  ReportAnswer,
  ShedAnswer,
  CapacityLowAnswer,
  type CommandOutcome,
  type Hello,
  type HelloAnswer,
  type RegionCommand,
  type ShedAsk,
  type TreeConsumer,
} from '@gridloom/contracts'
import { backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { claimWins } from './claim.ts'
import type { Links } from './links.ts'
import type { RegionPeer } from './peer.ts'

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

/** How this process stands with the tracker of one region. */
type Session = {
  readonly region: number
  epoch: number
  heardAt: number
  periodSeconds: number
  /** What became of the commands of the epoch: a repeated command gets the same answer. */
  readonly settled: Map<number, CommandOutcome>
  readonly begun: Set<number>
  outcomes: CommandOutcome[]
}

/** The peers of one process in their regions: joins, reports, obeys, and runs alone when nobody answers (region-tracking §5, §6). */
export type Agent = ReturnType<typeof createAgent>

const missedReports = 3
const shedTries = 2
const joinBackoff = { firstSeconds: 1, capSeconds: 30 }

export function createAgent({ region, peers, links, self, clock, random, log, counted }: AgentOptions) {
  const { periodSeconds, ackSeconds, safety } = region
  const sessions = new Map<number, Session>()
  let lamport = 0
  let joinFailures = 0
  let joinAt = 0

  const sessionOf = (number: number): Session => {
    const known = sessions.get(number)
    if (known) return known
    const fresh = {
      region: number,
      epoch: 0,
      heardAt: clock.exact(),
      periodSeconds,
      settled: new Map(),
      begun: new Set<number>(),
      outcomes: [],
    }
    sessions.set(number, fresh)
    return fresh
  }
  const byId = (id: string): RegionPeer | undefined => peers.find((peer) => peer.member()?.id === id)

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

  /** A new epoch forgets what the last one asked; an older one is stale. */
  const enter = (session: Session, epoch: number): boolean => {
    if (epoch < session.epoch) return false
    if (epoch > session.epoch) {
      session.epoch = epoch
      session.settled.clear()
      session.begun.clear()
    }
    return true
  }

  const exchange = async (session: Session, own: readonly RegionPeer[], signal: AbortSignal): Promise<void> => {
    const tracker = own[0]?.member()?.tracker
    if (!tracker) return
    const now = clock.exact()
    const outcomes = session.outcomes.splice(0)
    const reports = own.flatMap((peer) => peer.report(now) ?? [])
    lamport += 1
    try {
      const body = { ts: now, lamport, reports, outcomes }
      const limit = AbortSignal.any([signal, AbortSignal.timeout(4000 * periodSeconds)])
      const answer = await links.post(tracker, `/regions/${session.region}/reports`, body, {
        answer: ReportAnswer,
        signal: limit,
      })
      heard(session, answer, signal)
    } catch (err) {
      session.outcomes.unshift(...outcomes)
      if (!signal.aborted) log.debug({ err, region: session.region }, 'not reported')
    }
  }

  const heard = (session: Session, answer: ReportAnswer, signal: AbortSignal): void => {
    lamport = Math.max(lamport, answer.lamport) + 1
    const now = clock.exact()
    if (!enter(session, answer.epoch)) return
    if (isCutOff(session, now)) log.info({ region: session.region, epoch: answer.epoch }, 'tracker heard')
    session.heardAt = now
    for (const id of answer.unknown) byId(id)?.join(undefined, now)
    for (const { id, commands, tree, lease } of answer.peers) {
      const peer = byId(id)
      if (!peer) continue
      // a tracker that listens says nothing of trees: the old ones hold
      if (answer.phase === 'steering') {
        peer.take({ tree, lease })
        const isNew = now - peer.joinedAt() < missedReports * periodSeconds
        if (peer.kind === 'consumer') peer.setStarving(lease === undefined && !isNew)
      }
      for (const command of commands) take(session, peer, command, signal)
    }
    if (session.outcomes.length > 0) void acknowledge(session, signal)
  }

  const take = (session: Session, peer: RegionPeer, command: RegionCommand, signal: AbortSignal): void => {
    const { region: number, epoch, seq, kw, op, to } = command
    const known = session.settled.get(seq)
    if (known) return void session.outcomes.push(known)
    if (session.begun.has(seq)) return
    session.begun.add(seq)
    if (op === 'shed' || op === 'release') {
      for (const consumer of to ?? []) void passOn(session, command, consumer, signal)
      return
    }
    const isStale = epoch < session.epoch || command.deadline < clock.exact()
    const status = isStale ? 'stale' : peer.command(command) ? 'done' : 'refused'
    settle(session, { region: number, epoch, seq, id: command.id, status, kw: status === 'done' ? kw : 0 })
  }

  const settle = (session: Session, outcome: CommandOutcome): void => {
    session.settled.set(outcome.seq, outcome)
    session.outcomes.push(outcome)
  }

  /** A generator tells a consumer of its tree to shed: without an answer once more, then it counts as not done (§5). */
  const passOn = async (
    session: Session,
    command: RegionCommand,
    consumer: TreeConsumer,
    signal: AbortSignal,
  ): Promise<void> => {
    const { region: number, epoch, seq, deadline, reason = 'deficit' } = command
    const ask: ShedAsk = {
      region: number,
      epoch,
      seq,
      generator: command.id,
      id: consumer.id,
      kw: consumer.kw,
      reason,
      deadline,
    }
    const began = clock.exact()
    let outcome: CommandOutcome = { region: number, epoch, seq, id: consumer.id, status: 'silent', kw: 0 }
    for (let attempt = 0; attempt < shedTries && outcome.status === 'silent' && !signal.aborted; attempt++) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(1000 * ackSeconds)])
      try {
        const { kw } = await tell(consumer, ask, limit)
        outcome = { ...outcome, status: 'done', kw, seconds: clock.exact() - began }
      } catch (err) {
        log.debug({ err, id: consumer.id }, 'shed not acknowledged')
      }
    }
    settle(session, outcome)
    await acknowledge(session, signal)
  }

  const tell = async ({ url, host }: TreeConsumer, ask: ShedAsk, signal: AbortSignal): Promise<ShedAnswer> => {
    if (host === self) return shed(ask, self)
    return links.post({ url, lfdi: host }, '/region/shed', ask, { answer: ShedAnswer, signal })
  }

  const acknowledge = async (session: Session, signal: AbortSignal): Promise<void> => {
    const tracker = peers.find((peer) => peer.member()?.region === session.region)?.member()?.tracker
    const outcomes = session.outcomes.splice(0)
    if (!tracker || outcomes.length === 0) return
    lamport += 1
    try {
      const body = OutcomeBatch.parse({ lamport, outcomes })
      await links.post(tracker, `/regions/${session.region}/outcomes`, body, { answer: z.object({}), signal })
    } catch (err) {
      session.outcomes.unshift(...outcomes)
      if (!signal.aborted) log.debug({ err, region: session.region }, 'not acknowledged')
    }
  }

  const isCutOff = (session: Session, now: number): boolean => now - session.heardAt > missedReports * periodSeconds

  /** Nobody answers: generators watch their load and warn, consumers are frugal (§6). */
  const runAlone = async (own: readonly RegionPeer[], signal: AbortSignal): Promise<void> => {
    const now = clock.exact()
    for (const peer of own) peer.runAlone(now, region.quietSeconds)
    for (const peer of own) {
      const tree = peer.tree()
      const overKw = peer.loadKw() - peer.usableKw(safety)
      if (!tree || overKw <= 1e-6 || tree.consumers.length === 0) continue
      const hosts = Map.groupBy(tree.consumers, ({ host, url }) => `${host} ${url}`)
      await Promise.all([...hosts.values()].map((consumers) => warn(peer, consumers, overKw, signal)))
    }
  }

  const warn = async (
    peer: RegionPeer,
    consumers: readonly TreeConsumer[],
    overKw: number,
    signal: AbortSignal,
  ): Promise<void> => {
    const [first] = consumers
    const tree = peer.tree()
    if (!first || !tree) return
    const { region: number, epoch, generator } = tree
    const ask = { region: number, epoch, generator, ids: consumers.map(({ id }) => id), overKw }
    counted('sent')
    log.info({ region: number, generator, overKw, consumers: consumers.length }, 'capacity low')
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(1000 * ackSeconds)])
      const ways = { answer: CapacityLowAnswer, signal: limit }
      const answer =
        first.host === self
          ? capacityLow(ask, self)
          : await links.post({ url: first.url, lfdi: first.host }, '/region/capacity-low', ask, ways)
      for (const { id, kw } of answer.consumers) peer.hearLoad(id, kw)
    } catch (err) {
      if (!signal.aborted) log.debug({ err, generator }, 'consumers not warned')
    }
  }

  /** A consumer is asked to shed by the generator of its tree, or by its tracker; others are refused, older epochs are stale. */
  const shed = (ask: ShedAsk, from: string): ShedAnswer => {
    const peer = byId(ask.id)
    const member = peer?.member()
    if (!peer || !member) throw new SepError('missing', `no peer "${ask.id}" here`)
    const isRoot = peer.lease()?.generatorHost === from && peer.lease()?.generator === ask.generator
    if (!isRoot && member.tracker.lfdi !== from)
      throw new SepError('forbidden', `"${ask.id}" hangs on another generator`)
    const session = sessionOf(member.region)
    if (ask.region === member.region && ask.epoch < session.epoch)
      throw new SepError('conflict', `stale: epoch ${ask.epoch} is over, it is ${session.epoch}`)
    const kw = peer.shed(ask)
    log.info({ id: ask.id, asked: ask.kw, shed: kw }, ask.kw > 0 ? 'load shed' : 'load released')
    void peer.apply().catch((err: unknown) => log.error({ err, id: ask.id }, 'shed not applied'))
    return { id: ask.id, kw }
  }

  const capacityLow = (
    { generator, ids }: Readonly<{ generator: string; ids: readonly string[] }>,
    from: string,
  ): CapacityLowAnswer => {
    counted('received')
    const now = clock.exact()
    const own = ids.flatMap((id) => {
      const peer = byId(id)
      const lease = peer?.lease()
      return peer && lease?.generator === generator && lease.generatorHost === from ? [{ id, peer }] : []
    })
    return { consumers: own.map(({ id, peer }) => ({ id, kw: peer.warn(now) })) }
  }

  return {
    peers,
    shed,
    capacityLow,

    /** A tracker claims peers: it gets them when its claim wins and it knows them rightly. */
    hello({ region: number, epoch, tracker, peers: claimed }: Hello, from: string): HelloAnswer {
      if (tracker.lfdi !== from) throw new SepError('forbidden', 'this claim is for another tracker')
      const now = clock.exact()
      return {
        peers: claimed.map(({ id, name, kind, hashRegion }) => {
          const peer = peers.find(({ dcm }) => dcm.name === name)
          if (!peer) return { id, accepted: false, reason: `no device "${name}" here` }
          if (peer.kind !== kind) return { id, accepted: false, reason: `"${name}" is ${peer.kind}` }
          const current = peer.member()
          const held = current && { region: current.region, epoch: sessionOf(current.region).epoch }
          if (!claimWins(held, { region: number, epoch }, hashRegion))
            return { id, accepted: false, reason: `region ${current?.region} steers it` }
          if (current?.region !== number || current.id !== id) peer.join({ name, id, region: number, tracker }, now)
          return { id, accepted: true, metadata: peer.metadata() }
        }),
      }
    },

    /** Says goodbye: what is not said within its time is found out by silence. */
    async leave(): Promise<void> {
      const groups = Map.groupBy(
        peers.flatMap((peer) => peer.member() ?? []),
        ({ region: number }) => number,
      )
      const farewells = [...groups].map(([number, members]) => {
        const [first] = members
        const ask = { answer: z.object({}), signal: AbortSignal.timeout(1000 * ackSeconds) }
        return first && links.post(first.tracker, `/regions/${number}/leave`, { ids: members.map(({ id }) => id) }, ask)
      })
      for (const result of await Promise.allSettled(farewells)) {
        if (result.status === 'rejected') log.debug({ err: result.reason }, 'left in silence')
      }
    },

    async run(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        await join(signal)
        const groups = Map.groupBy(
          peers.filter((peer) => peer.member()),
          (peer) => peer.member()?.region ?? 0,
        )
        await Promise.all(
          [...groups].map(async ([number, own]) => {
            const session = sessionOf(number)
            await exchange(session, own, signal)
            if (!signal.aborted && isCutOff(session, clock.exact())) await runAlone(own, signal)
          }),
        )
        for (const peer of peers) {
          if (!signal.aborted)
            await peer.apply().catch((err: unknown) => log.error({ err, dcm: peer.dcm.name }, 'duty not applied'))
        }
        try {
          await clock.sleep(periodSeconds, signal)
        } catch (error) {
          if (!signal.aborted) throw error
        }
      }
    },
  }
}
