import { ReportAnswer, type RegionCommand, type RegionMember } from '@gridloom/contracts'
import type { Clock, Logger, Random } from '@gridloom/kit'
import type { Config } from '../config.ts'
import { createAsked } from './asked-of-peers.ts'
import type { Links } from './links.ts'
import { createMembership } from './membership.ts'
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

/** A consumer that has just joined is in no tree yet, and does not starve for that. */
const settlingPeriods = 3

export function createAgent({ region, peers, links, self, clock, random, log, counted }: AgentOptions) {
  const { periodSeconds, ackSeconds } = region
  let lamport = 0
  const nextLamport = (): number => (lamport += 1)
  const sessionOf = createRegionSessions({ peers, links, clock, log, periodSeconds, nextLamport })
  const membership = createMembership({ ...region, peers, links, clock, random, log })
  const taken = (old: RegionMember): void => void membership.leave([old])
  const asked = createAsked({ peers, sessionOf, clock, log, warned: () => counted('received'), taken })
  const passOn = createPassOn({ links, self, shed: asked.shed, clock, log, ackSeconds })
  const runAlone = createRunAlone({ ...region, ...asked, links, self, clock, log, warned: () => counted('sent') })

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
    const now = clock.exact()
    const own = new Map(peers.map((peer) => [peer.member()?.id, peer]))
    for (const id of answer.unknown) own.get(id)?.join(undefined, now)
    // a tracker that has lost its store begins with its first epoch, and knows nobody
    if (answer.unknown.length > 0 && !membersByRegion().has(session.region)) session.forget()
    if (!session.enter(answer.epoch)) return
    if (session.hear()) log.info({ region: session.region, epoch: answer.epoch }, 'tracker heard again')
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
    const { region: number, epoch, seq, id, op, to = [], deadline } = command
    if (op === 'shed' || op === 'release') {
      for (const consumer of to) void passOn(session, command, consumer, signal)
      return
    }
    const now = clock.exact()
    const isStale = epoch < session.epoch() || deadline < now
    const done = isStale ? undefined : peer.command(command, now)
    const status = isStale ? 'stale' : done ? 'done' : 'refused'
    session.settle({ region: number, epoch, seq, id, status, kw: 0, ...done })
  }

  const membersByRegion = () =>
    Map.groupBy(
      peers.filter((peer) => peer.member()),
      (peer) => peer.member()?.region ?? 0,
    )

  const apply = (own: readonly RegionPeer[]): Promise<unknown> =>
    Promise.all(
      own.map((peer) =>
        peer.apply().catch((err: unknown) => log.error({ err, dcm: peer.dcm.name }, 'duty not applied')),
      ),
    )

  const serve = async (number: number, own: readonly RegionPeer[], signal: AbortSignal): Promise<void> => {
    const session = sessionOf(number)
    await report(session, own, signal)
    if (!signal.aborted && session.isCutOff()) await runAlone(own, signal)
    if (!signal.aborted) await apply(own)
  }

  return {
    ...asked,
    leave: () => membership.leave(peers.flatMap((peer) => peer.member() ?? [])),

    /** The bootstrap and each region have a pace of their own: who is silent does not hold up the others. */
    async run(signal: AbortSignal): Promise<void> {
      const busy = new Map<'join' | 'apart' | number, Promise<void>>()
      const begin = (what: 'join' | 'apart' | number, work: () => Promise<unknown>): void => {
        if (busy.has(what)) return
        const done = work()
          .catch((err: unknown) => log.error({ err, what }, 'region not served'))
          .finally(() => busy.delete(what))
          .then(() => undefined)
        busy.set(what, done)
      }
      while (!signal.aborted) {
        begin('join', () => membership.see(signal))
        for (const [number, own] of membersByRegion()) begin(number, () => serve(number, own, signal))
        begin('apart', () => apply(peers.filter((peer) => !peer.member())))
        try {
          await clock.sleep(periodSeconds, signal)
        } catch (error) {
          if (!signal.aborted) throw error
        }
      }
      await Promise.all(busy.values())
    },
  }
}
