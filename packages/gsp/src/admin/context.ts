import type { GspEvent } from '@gridloom/contracts'
import type { Clock, Feed } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import type { Config } from '../config.ts'
import type { MakeMrid } from '../domain/mrids.ts'
import type { EventEngine } from '../loops/event-engine.ts'
import type { Obey } from '../operations/obey.ts'
import type { Reservations } from '../operations/reservations.ts'
import type { Trust } from '../operations/trust.ts'
import type { ResourceStore } from '../store/resources.ts'
import type { Sightings } from '../store/sightings.ts'

/** What the operator's routes are made of. */
export type AdminContext = Readonly<{
  config: Config
  clock: Clock
  store: ResourceStore
  events: EventEngine
  reservations: Reservations
  makeMrid: MakeMrid
  sightings: Sightings
  feed: Feed<GspEvent>
  /** What the DTM said; absent where none watches. */
  trust?: Trust | undefined
  obey?: Obey | undefined
  /** Of the server's own certificate. */
  lfdi: Lfdi
  /** Where the IEEE 2030.5 face listens. */
  url: () => string | undefined
}>
