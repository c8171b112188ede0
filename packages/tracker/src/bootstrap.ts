import { createHash } from 'node:crypto'
import type { JoinAnswer, PeerMetadata, RegisteredPeer, RegionMember } from '@gridloom/contracts'
import type { Config } from './config.ts'
import { regionOf } from './domain/region-of.ts'
import type { MemberStore, NameRecord } from './store/members.ts'

export type Bootstrap = Readonly<{ join(peers: readonly PeerMetadata[], host: string): Promise<JoinAnswer> }>

export type BootstrapOptions = Readonly<{
  config: NonNullable<Config['bootstrap']>
  store: MemberStore
  /** Tells the tracker of a region who comes; answers how to reach it. */
  register: (region: number, peers: readonly RegisteredPeer[]) => Promise<RegionMember['tracker']>
}>

/** Gives joining peers their id and their region (§1), and their tracker notice of them. */
export function createBootstrap({ config, store, register }: BootstrapOptions): Bootstrap {
  const nameOf = ({ name, kind }: PeerMetadata, host: string): NameRecord => {
    const known = store.named(name)
    return known ? { ...known, host } : { name, id: freshId(name, kind), host }
  }
  const freshId = (name: string, kind: PeerMetadata['kind']): string => {
    for (let turn = 0; ; turn++) {
      const id = idOf(turn === 0 ? name : `${name}#${turn}`, kind)
      if (!store.isTaken(id)) return id
    }
  }
  return {
    async join(asked, host) {
      const strangers = asked.filter(({ name }) => (store.named(name)?.host ?? host) !== host)
      const peers = asked
        .filter((peer) => !strangers.includes(peer))
        .map((peer) => ({ ...peer, host, id: nameOf(peer, host).id }))
      const unnamed = peers.filter(({ name }) => !store.named(name))
      if (unnamed.length > 0) await store.name(unnamed.map(({ name, id }) => ({ name, id, host })))
      const refused = strangers.map(({ name }) => ({ name, reason: `"${name}" is a peer of another host` }))
      const members: RegionMember[] = []
      for (const [region, group] of Map.groupBy(peers, (peer) => chosenRegion(peer, config))) {
        try {
          const tracker = await register(region, group)
          members.push(...group.map(({ name, id }) => ({ name, id, region, tracker })))
        } catch (error) {
          const reason = `region ${region}: ${error instanceof Error ? error.message : String(error)}`
          refused.push(...group.map(({ name }) => ({ name, reason })))
        }
      }
      return { members, refused }
    },
  }
}

/** An operator's word, then the feeder, then the hash of the name. */
function chosenRegion(
  { name, feeder }: PeerMetadata,
  { regions, members, feeders }: BootstrapOptions['config'],
): number {
  return members[name] ?? (feeder === undefined ? undefined : feeders[feeder]) ?? regionOf(name, regions).region
}

/** 128 bits for consumers, 32 for all that can feed a tree. */
function idOf(text: string, kind: PeerMetadata['kind']): string {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, kind === 'consumer' ? 32 : 8)
}
