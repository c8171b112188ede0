import type { Clock, Logger } from '@gridloom/kit'
import type { Config } from '../config.ts'
import { createMrids, type MakeMrid } from '../domain/mrids.ts'
import { openEventEngine, type EventEngine } from '../loops/event-engine.ts'
import { openRequestExpiry } from '../loops/request-expiry.ts'
import type { ResourceStore } from '../store/resources.ts'
import { createReservations, type Reservations } from './reservations.ts'
import type { Trust } from './trust.ts'

/** What goes on in the server beside its faces: the events by the clock, and the grants of flow reservations. */
export type Operations = AsyncDisposable &
  Readonly<{ events: EventEngine; reservations: Reservations; makeMrid: MakeMrid }>

export type OperationDeps = Readonly<{
  store: ResourceStore
  clock: Clock
  log: Pick<Logger, 'info' | 'error'>
  trust?: Trust
}>

export async function openOperations(config: Config, deps: OperationDeps): Promise<Operations> {
  await using stack = new AsyncDisposableStack()
  const makeMrid = createMrids(config)
  const events = stack.use(await openEventEngine(deps))
  stack.use(await openRequestExpiry(deps))
  const { placement } = config.flowReservation
  const { store, trust } = deps
  const mayGrant = async (device: string): Promise<boolean> => {
    const lfdi = (await store.get('EndDevice', device))?.body.lFDI ?? ''
    return trust?.of(lfdi).holdSince === undefined
  }
  const reservations = createReservations({ ...deps, events, makeMrid, placement, mayGrant })
  const owned = stack.move()
  return { events, reservations, makeMrid, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
