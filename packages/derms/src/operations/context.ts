import type { DermsEvent } from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import type { Config } from '../config.ts'
import type { Follower } from '../domain/regulation/follow.ts'
import type { Elsewhere } from '../domain/services/candidates.ts'
import type { Market } from '../domain/services/wanted.ts'
import type { Running } from '../domain/services/running.ts'
import type { Gsp } from '../links/gsp.ts'
import type { ServiceStore } from '../store/services.ts'
import type { Fleet } from './fleet.ts'
import type { Accuse } from './accuse.ts'

/** What the operations on services are made of. */
export type Context = Readonly<{
  config: Config
  clock: Clock
  log: Logger
  store: ServiceStore
  gsp: Gsp
  fleet: Fleet
  accuse: Accuse
  publish: (event: DermsEvent) => void
  /** What other services than this one have of each DER. */
  elsewhere: (running: Running) => (lfdi: string) => Elsewhere
  /** Where those who follow a signal stand. */
  followers: Map<string, readonly Follower[]>
}>

export function marketOf(config: Config): Market {
  const { fairness, prices, storeReserve, storeEfficiency, limitMargin, stepSeconds, horizonSteps } = config
  return { fairness, prices, storeReserve, storeEfficiency, limitMargin, stepSeconds, horizonSteps }
}

/** A service among all that is known at a moment. */
export function sceneOf({ config, fleet, elsewhere }: Context, running: Running, now: number) {
  return {
    running,
    known: fleet.known(),
    awards: new Map(running.service.awards.map((award) => [award.lfdi, award])),
    elsewhere: elsewhere(running),
    now,
    rules: { ...config, presentSeconds: 3 * config.pollSeconds },
  }
}
