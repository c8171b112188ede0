import {
  handshakeSighting,
  observeServer,
  openObservers,
  peerLfdi,
  type App,
  type Clock,
  type Credentials,
  type DtmConfig,
  type Handshake,
  type Logger,
} from '@gridloom/kit'
import type { Registry } from 'prom-client'
import type { Config } from './config.ts'
import { aggregatorsOf } from './store/aggregators.ts'
import type { ResourceStore } from './store/resources.ts'
import type { Witnesses } from './store/witnesses.ts'

/** What this server reports of its face to the DTM: every exchange and every handshake. */
export type Reports = AsyncDisposable & Readonly<{ onHandshake(handshake: Handshake): void; watch(face: App): void }>

export type ReportsOptions = Readonly<{
  dtm: DtmConfig
  certs: Credentials
  tls: Config['tls']
  store: ResourceStore
  clock: Clock
  log: Logger
  metrics: Registry
  witnesses: Pick<Witnesses, 'note'>
}>

export async function openReports(options: ReportsOptions): Promise<Reports> {
  const { dtm, certs, tls, store, clock, log, metrics, witnesses } = options
  const aggregators = await aggregatorsOf(store)
  const observers = openObservers({ role: 'GSP', config: dtm, clock, log, tls, metrics })
  const observer = observers.of(certs)
  const self = { role: 'GSP', id: certs.lfdi } as const
  const roleOf = (lfdi: string) => (aggregators.has(lfdi) ? 'AGG' : 'DCM')
  return {
    onHandshake: (handshake) => observer(handshakeSighting(handshake, { self, roleOf })),
    watch(face) {
      observeServer(face, { observer, clock, self, roleOf })
      face.addHook('onRequest', (request, _reply, done) => {
        witnesses.note(peerLfdi(request), request.headers['x-correlation-id'] !== undefined)
        done()
      })
    },
    async [Symbol.asyncDispose]() {
      aggregators[Symbol.dispose]()
      await observers[Symbol.asyncDispose]()
    },
  }
}
