import type { RegisteredPeer } from '@gridloom/contracts'
import type { Logger } from '@gridloom/kit'
import type { Config } from './config.ts'
import { stateOf, type Member } from './domain/live/member.ts'
import type { Gauges } from './metrics.ts'

export type RollCallOptions = Readonly<{
  region: number
  epoch: number
  members: ReadonlyMap<string, Member>
  /** The members before this start. */
  known: readonly RegisteredPeer[]
  config: Config
  startedAt: number
  /** The tracker has heard enough, and begins to steer. */
  began: (at: number) => void
  gauges: Gauges
  log: Logger
}>

/** Who is there: a tracker that starts again listens before it steers, and one that steers notes who falls silent (§6). */
export type RollCall = Readonly<{
  isListening(): boolean
  /** Ends when 90 % of the last known peers have reported, or when it has lasted long enough. */
  listens(at: number): boolean
  noteLost(at: number): void
}>

export function createRollCall(options: RollCallOptions): RollCall {
  const { epoch, members, known, config, startedAt, began, gauges, log } = options
  const label = { region: String(options.region) }
  let isListening = known.length > 0
  let lost: ReadonlySet<string> = new Set()

  return {
    isListening: () => isListening,
    listens(at) {
      if (!isListening) return false
      const heard = [...members.values()].filter(({ heardAt }) => heardAt !== undefined).length
      isListening = at - startedAt < config.listenSeconds && heard < 0.9 * known.length
      if (!isListening) {
        began(at)
        log.info({ ...label, epoch, peers: heard, known: known.length }, 'region steered')
      }
      return isListening
    },
    noteLost(at) {
      const present = [...members].filter(([, member]) => stateOf(member, at, config) === 'lost').map(([id]) => id)
      for (const id of present) {
        if (lost.has(id)) continue
        const member = members.get(id)
        gauges.lost.inc(label)
        log.warn({ ...label, id, name: member?.peer.name }, 'peer lost')
      }
      const still = new Set(present)
      for (const id of lost) if (!still.has(id)) log.info({ ...label, id }, 'peer back')
      lost = still
    },
  }
}
