import type {
  CapacityLow,
  Hello,
  HelloAnswer,
  LoadsAnswer,
  LoadsAsk,
  RegionMember,
  ShedAnswer,
  ShedAsk,
} from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { claimWins } from './claim.ts'
import type { RegionPeer } from './peer.ts'
import type { RegionSession } from './session.ts'

export type AskedOptions = Readonly<{
  peers: readonly RegionPeer[]
  sessionOf: (region: number) => RegionSession
  clock: Clock
  log: Logger
  /** Told of every warning. */
  warned: () => void
  /** Told whom another tracker has taken over, and what they were before. */
  taken: (old: RegionMember) => void
}>

/** What trackers and generators ask of the peers here; `from` is the LFDI of who asks. */
export function createAsked({ peers, sessionOf, clock, log, warned, taken }: AskedOptions) {
  const byId = (id: string): RegionPeer | undefined => peers.find((peer) => peer.member()?.id === id)

  /** The last shed or release of each consumer, with what was really shed: a repeat gets the same answer. */
  const answered = new Map<string, ShedAsk>()

  /** Those of the ids that hang on this generator of this host. */
  const hangingOn = ({ generator, ids }: LoadsAsk, from: string) =>
    ids.flatMap((id) => {
      const peer = byId(id)
      return peer?.hangsOn(generator, from) ? [{ id, peer }] : []
    })

  return {
    /** A consumer is asked by the generator of its tree or by its tracker; others are refused, older epochs are stale. */
    shed(ask: ShedAsk, from: string): ShedAnswer {
      const peer = byId(ask.id)
      const member = peer?.member()
      if (!peer || !member) throw new SepError('missing', `no peer "${ask.id}" here`)
      if (!peer.hangsOn(ask.generator, from) && member.tracker.lfdi !== from)
        throw new SepError('forbidden', `"${ask.id}" hangs on another generator`)
      const epoch = sessionOf(member.region).epoch()
      if (ask.region === member.region && ask.epoch < epoch)
        throw new SepError('conflict', `stale: epoch ${ask.epoch} is over, it is ${epoch}`)
      const last = answered.get(ask.id)
      if (last && isAs(ask, last) && ask.seq <= last.seq) {
        if (ask.seq === last.seq) return { id: ask.id, kw: last.kw }
        throw new SepError('conflict', `stale: ${ask.seq} comes after ${last.seq}`)
      }
      if (ask.deadline < clock.exact()) throw new SepError('conflict', 'stale: its deadline is over')
      const kw = peer.shed(ask)
      answered.set(ask.id, { ...ask, kw })
      log.info({ id: ask.id, asked: ask.kw, shed: kw }, ask.kw > 0 ? 'load shed' : 'load released')
      void peer.apply().catch((err: unknown) => log.error({ err, id: ask.id }, 'shed not applied'))
      return { id: ask.id, kw }
    },

    /** The generator of a tree has less than it carries. */
    capacityLow(warning: CapacityLow, from: string): LoadsAnswer {
      warned()
      const now = clock.exact()
      return { consumers: hangingOn(warning, from).map(({ id, peer }) => ({ id, kw: peer.warn(now) })) }
    },

    /** What the consumers of a tree draw: asked by its generator when no tracker tells. */
    loads(ask: LoadsAsk, from: string): LoadsAnswer {
      return { consumers: hangingOn(ask, from).map(({ id, peer }) => ({ id, kw: peer.drawnKw() })) }
    },

    /** A tracker claims peers: it gets them when its claim wins and it knows them rightly. */
    hello({ region, epoch, tracker, peers: claimed }: Hello, from: string): HelloAnswer {
      if (tracker.lfdi !== from) throw new SepError('forbidden', 'this claim is for another tracker')
      const now = clock.exact()
      return {
        peers: claimed.map(({ id, name, kind, hashRegion }) => {
          const peer = peers.find(({ dcm }) => dcm.name === name)
          if (!peer) return { id, accepted: false, reason: `no device "${name}" here` }
          if (peer.kind !== kind) return { id, accepted: false, reason: `"${name}" is ${peer.kind}` }
          const current = peer.member()
          const held = current && { region: current.region, epoch: sessionOf(current.region).epoch() }
          if (!claimWins(held, { region, epoch }, hashRegion))
            return { id, accepted: false, reason: `region ${current?.region} steers it` }
          if (current?.region !== region || current.id !== id) peer.join({ name, id, region, tracker }, now)
          if (current && current.region !== region) taken(current)
          return { id, accepted: true, metadata: peer.metadata() }
        }),
      }
    },
  }
}

function isAs(one: ShedAsk, other: ShedAsk): boolean {
  return one.region === other.region && one.epoch === other.epoch
}
