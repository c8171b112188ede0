import { LoadsAnswer, type CapacityLow, type LoadsAsk, type TreeConsumer } from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import type { Links } from './links.ts'
import type { RegionPeer } from './peer.ts'

export type AloneOptions = Readonly<{
  links: Links
  self: string
  /** Asks and warns consumers of this very process. */
  loads: (ask: LoadsAsk, from: string) => LoadsAnswer
  capacityLow: (warning: CapacityLow, from: string) => LoadsAnswer
  clock: Clock
  log: Logger
  quietSeconds: number
  ackSeconds: number
  safety: number
  /** Told of every warning. */
  warned: () => void
}>

/** Nobody answers: generators ask what their tree draws, and warn it when that is too much; consumers are frugal (§6). */
export function createRunAlone({ links, self, log, ...options }: AloneOptions) {
  const { loads, capacityLow, clock, quietSeconds, ackSeconds, safety, warned } = options

  /** Says something to all hosts of a tree, and keeps what their consumers draw. */
  const tellAll = async (
    peer: RegionPeer,
    tell: (host: TreeConsumer, ids: string[], signal: AbortSignal) => Promise<LoadsAnswer>,
    signal: AbortSignal,
  ): Promise<void> => {
    const hosts = Map.groupBy(peer.tree()?.consumers ?? [], ({ host, url }) => `${host} ${url}`)
    const told = [...hosts.values()].map(async (consumers) => {
      const [first] = consumers
      const limit = AbortSignal.any([signal, AbortSignal.timeout(1000 * ackSeconds)])
      const ids = consumers.map(({ id }) => id)
      if (first) for (const { id, kw } of (await tell(first, ids, limit)).consumers) peer.hearLoad(id, kw)
    })
    for (const result of await Promise.allSettled(told)) {
      if (result.status === 'rejected' && !signal.aborted) log.debug({ err: result.reason }, 'consumers not reached')
    }
  }

  const ask = (peer: RegionPeer, generator: string, signal: AbortSignal): Promise<void> => {
    const told = async ({ host, url }: TreeConsumer, ids: string[], limit: AbortSignal): Promise<LoadsAnswer> => {
      const words = { generator, ids }
      const ways = { answer: LoadsAnswer, signal: limit }
      return host === self ? loads(words, self) : links.post({ url, lfdi: host }, '/region/loads', words, ways)
    }
    return tellAll(peer, told, signal)
  }

  const warn = (peer: RegionPeer, warning: Omit<CapacityLow, 'ids'>, signal: AbortSignal): Promise<void> => {
    const told = async ({ host, url }: TreeConsumer, ids: string[], limit: AbortSignal): Promise<LoadsAnswer> => {
      warned()
      const words = { ...warning, ids }
      const ways = { answer: LoadsAnswer, signal: limit }
      return host === self
        ? capacityLow(words, self)
        : links.post({ url, lfdi: host }, '/region/capacity-low', words, ways)
    }
    return tellAll(peer, told, signal)
  }

  return async (own: readonly RegionPeer[], signal: AbortSignal): Promise<void> => {
    for (const peer of own) peer.runAlone(clock.exact(), quietSeconds)
    const roots = own.map(async (peer) => {
      const tree = peer.tree()
      if (!tree || tree.consumers.length === 0) return
      const { region, epoch, generator, consumers } = tree
      await ask(peer, generator, signal)
      const overKw = peer.loadKw() - peer.usableKw(safety)
      if (overKw <= 1e-6 || signal.aborted) return
      log.info({ region, generator, overKw, consumers: consumers.length }, 'capacity low')
      await warn(peer, { region, epoch, generator, overKw }, signal)
    })
    await Promise.all(roots)
  }
}
