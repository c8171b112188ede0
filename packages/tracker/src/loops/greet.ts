import { HelloAnswer, type RegisteredPeer } from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import type { Hosts } from '../hosts.ts'
import type { Region } from '../region.ts'
import type { Steering } from '../steering.ts'
import { regionOf } from '../domain/region-of.ts'

export type GreetOptions = Readonly<{
  region: Region
  steering: Steering
  hosts: Hosts
  self: Readonly<{ url: () => string; host: string }>
  regions: number
  clock: Clock
  log: Logger
  periodSeconds: number
}>

/** Says hello to peers that were registered: their host checks what the tracker believes of them, and takes the claim or not. */
export async function greet(options: GreetOptions, signal: AbortSignal): Promise<void> {
  const { region, steering, clock, periodSeconds } = options
  while (!signal.aborted) {
    const waiting = [...steering.ungreeted(region.number).values()]
    const hosts = Map.groupBy(waiting, ({ url, host }) => `${host} ${url}`)
    await Promise.all([...hosts.values()].map((peers) => greetHost(peers, options, signal)))
    try {
      await clock.sleep(periodSeconds, signal)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}

async function greetHost(peers: readonly RegisteredPeer[], options: GreetOptions, signal: AbortSignal): Promise<void> {
  const [first] = peers
  if (!first) return
  const { region, steering, hosts, self, regions, log } = options
  const waiting = steering.ungreeted(region.number)
  const hello = {
    region: region.number,
    epoch: region.epoch,
    tracker: { url: self.url(), lfdi: self.host },
    peers: peers.map(({ id, name, kind }) => ({ id, name, kind, hashRegion: regionOf(name, regions).region })),
  }
  try {
    const answer = await hosts.post(first, '/region/hello', hello, HelloAnswer, signal)
    for (const { id } of answer.peers) waiting.delete(id)
    const refused = answer.peers.filter(({ accepted }) => !accepted)
    if (refused.length === 0) return
    log.warn({ region: region.number, refused }, 'claim refused')
    await steering.leave(
      region.number,
      refused.map(({ id }) => id),
    )
  } catch (err) {
    if (signal.aborted) return
    // who reports has found us without a greeting
    for (const { id } of peers) if (region.members.get(id)?.heardAt !== undefined) waiting.delete(id)
    log.debug({ err, region: region.number, host: first.host }, 'host not greeted')
  }
}
