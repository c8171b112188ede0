import { JoinAnswer, type RegionMember } from '@gridloom/contracts'
import { backoffSeconds, type Clock, type Logger, type Random } from '@gridloom/kit'
import { z } from 'zod'
import type { Links } from './links.ts'
import type { RegionPeer } from './peer.ts'

export type MembershipOptions = Readonly<{
  peers: readonly RegionPeer[]
  links: Links
  clock: Clock
  random: Random
  log: Logger
  /** How often members ask whether they still belong where they are. */
  recheckSeconds: number
  ackSeconds: number
}>

/** Who the peers here are, and whose: an operator may move them at any time (§1). */
export type Membership = Readonly<{
  /** Asks the bootstrap for those who belong nowhere, and now and then for all; members are not affected when it is silent. */
  see(signal: AbortSignal): Promise<void>
  /** Says goodbye for these members: what is not said within its time is found out by silence. */
  leave(members: readonly RegionMember[]): Promise<void>
}>

const joinBackoff = { firstSeconds: 1, capSeconds: 30 }

export function createMembership(options: MembershipOptions): Membership {
  const { peers, links, clock, random, log, recheckSeconds, ackSeconds } = options
  let failures = 0
  let retryAt = -Infinity
  let recheckAt = -Infinity

  const farewell = async (members: readonly RegionMember[]): Promise<void> => {
    const leaving = [...Map.groupBy(members, ({ region }) => region)].map(([region, group]) => {
      const ask = { answer: z.object({}), signal: AbortSignal.timeout(1000 * ackSeconds) }
      return (
        group[0] && links.post(group[0].tracker, `/regions/${region}/leave`, { ids: group.map(({ id }) => id) }, ask)
      )
    })
    for (const result of await Promise.allSettled(leaving)) {
      if (result.status === 'rejected') log.debug({ err: result.reason }, 'left in silence')
    }
  }

  /** Takes over what the bootstrap said; answers what the peers were elsewhere before. */
  const enter = (members: readonly RegionMember[]): readonly RegionMember[] => {
    const byName = new Map(members.map((member) => [member.name, member]))
    return peers.flatMap((peer) => {
      const [next, old] = [byName.get(peer.dcm.name), peer.member()]
      if (!next || (old && isSame(old, next))) return []
      peer.join(next, clock.exact())
      return old && old.region !== next.region ? [old] : []
    })
  }

  return {
    async see(signal) {
      const now = clock.exact()
      const asked = now >= recheckAt ? peers : peers.filter((peer) => !peer.member())
      if (asked.length === 0 || now < retryAt) return
      try {
        const ask = { peers: asked.map((peer) => peer.metadata()) }
        const { members, refused } = await links.join(ask, { answer: JoinAnswer, signal })
        recheckAt = clock.exact() + recheckSeconds * (0.75 + 0.5 * random.next())
        const joined = asked.filter((peer) => !peer.member()).length
        const moved = enter(members)
        if (joined > 0) log.info({ joined: members.length }, 'joined the region')
        if (moved.length > 0) log.info({ moved: moved.length }, 'moved to another region')
        // at the new one first, then away from the old one
        await farewell(moved)
        if (refused.length > 0) throw new Error(refused.map(({ reason }) => reason).join('; '))
        failures = 0
      } catch (err) {
        if (signal.aborted) return
        const seconds = backoffSeconds(failures, random, joinBackoff)
        retryAt = clock.exact() + seconds
        failures += 1
        log.warn({ err, seconds }, 'not joined')
      }
    },
    leave: farewell,
  }
}

function isSame(one: RegionMember, other: RegionMember): boolean {
  const { url, lfdi } = one.tracker
  return one.id === other.id && one.region === other.region && url === other.tracker.url && lfdi === other.tracker.lfdi
}
