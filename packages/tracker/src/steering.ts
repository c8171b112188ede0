import { isDeepStrictEqual } from 'node:util'
import type { RegisteredPeer } from '@gridloom/contracts'
import { SepError } from '@gridloom/sep2030'
import type { Region } from './region.ts'
import type { MemberStore } from './store/members.ts'

/** The regions of a process, with what outlives them. */
export type Steering = Readonly<{
  all(): readonly Region[]
  has(region: number): boolean
  /** The region of a path; SepError 'missing' when it is not steered here. */
  of(region: string | number): Region
  /** Takes peers in once they are on the disk. */
  register(region: number, peers: readonly RegisteredPeer[]): Promise<void>
  leave(region: number, ids: readonly string[]): Promise<void>
  /** A round is due before its time. */
  ring(region: number): void
  /** A signal that fires when a round is due. */
  bell(region: number): AbortSignal
  /** Peers that have not been greeted. */
  ungreeted(region: number): Map<string, RegisteredPeer>
}>

export function createSteering(regions: readonly Region[], store: MemberStore): Steering {
  const byNumber = new Map(regions.map((region) => [region.number, region]))
  const bells = new Map<number, AbortController>()
  const greetings = new Map(regions.map(({ number }) => [number, new Map<string, RegisteredPeer>()]))
  const of = (number: string | number): Region => {
    const region = byNumber.get(Number(number))
    if (!region) throw new SepError('missing', `region "${number}" is not steered here`)
    return region
  }
  return {
    all: () => regions,
    has: (region) => byNumber.has(region),
    of,
    async register(number, peers) {
      const { members } = of(number)
      // hosts ask again and again where they belong
      const changed = peers.filter((peer) => !isDeepStrictEqual(members.get(peer.id)?.peer, peer))
      if (changed.length === 0) return
      await store.keep(number, changed)
      of(number).register(changed)
      for (const peer of changed) greetings.get(number)?.set(peer.id, peer)
    },
    async leave(number, ids) {
      of(number).leave(ids)
      await store.drop(number, ids)
    },
    ring: (region) => bells.get(region)?.abort(),
    bell(region) {
      const bell = new AbortController()
      bells.set(region, bell)
      return bell.signal
    },
    ungreeted: (region) => greetings.get(region) ?? new Map(),
  }
}
