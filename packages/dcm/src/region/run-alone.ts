import { CapacityLowAnswer, type CapacityLow, type TreeConsumer } from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import type { Links } from './links.ts'
import type { RegionPeer } from './peer.ts'

export type AloneOptions = Readonly<{
  links: Links
  self: string
  /** Warns consumers of this very process. */
  capacityLow: (warning: CapacityLow, from: string) => CapacityLowAnswer
  clock: Clock
  log: Logger
  quietSeconds: number
  ackSeconds: number
  safety: number
  /** Told of every warning. */
  warned: () => void
}>

/** Nobody answers: generators watch what their tree weighs and warn it, consumers are frugal (§6). */
export function createRunAlone(options: AloneOptions) {
  const { clock, quietSeconds, safety } = options
  return async (own: readonly RegionPeer[], signal: AbortSignal): Promise<void> => {
    const now = clock.exact()
    for (const peer of own) peer.runAlone(now, quietSeconds)
    for (const peer of own) {
      const consumers = peer.tree()?.consumers ?? []
      const overKw = peer.loadKw() - peer.usableKw(safety)
      if (overKw <= 1e-6 || consumers.length === 0) continue
      const hosts = Map.groupBy(consumers, ({ host, url }) => `${host} ${url}`)
      await Promise.all([...hosts.values()].map((group) => warn(peer, group, overKw, options, signal)))
    }
  }
}

async function warn(
  peer: RegionPeer,
  consumers: readonly TreeConsumer[],
  overKw: number,
  { links, self, capacityLow, log, ackSeconds, warned }: AloneOptions,
  signal: AbortSignal,
): Promise<void> {
  const [first] = consumers
  const tree = peer.tree()
  if (!first || !tree) return
  const { region, epoch, generator } = tree
  const warning: CapacityLow = { region, epoch, generator, ids: consumers.map(({ id }) => id), overKw }
  warned()
  log.info({ region, generator, overKw, consumers: consumers.length }, 'capacity low')
  const limit = AbortSignal.any([signal, AbortSignal.timeout(1000 * ackSeconds)])
  const far = { url: first.url, lfdi: first.host }
  const ways = { answer: CapacityLowAnswer, signal: limit }
  try {
    const answer =
      first.host === self ? capacityLow(warning, self) : await links.post(far, '/region/capacity-low', warning, ways)
    for (const { id, kw } of answer.consumers) peer.hearLoad(id, kw)
  } catch (err) {
    if (!signal.aborted) log.debug({ err, generator }, 'consumers not warned')
  }
}
