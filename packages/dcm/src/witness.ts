import type { Device } from '@gridloom/devices'
import {
  observeClient,
  openObservers,
  type Client,
  type Clock,
  type Credentials,
  type DtmConfig,
  type Logger,
} from '@gridloom/kit'
import type { Registry } from 'prom-client'
import type { Config } from './config.ts'
import { witnessDevice } from './witness-device.ts'

/** What a process reports to the DTM of its DCMs, each under its own certificate. */
export type Witness = AsyncDisposable &
  Readonly<{
    /** The way to the server, with every exchange on it reported. */
    client(client: Client, who: Credentials): Client
    /** The device, with its commands and readings reported. */
    device(device: Device, who: Credentials): Device
  }>

export type WitnessOptions = Readonly<{
  dtm: DtmConfig | undefined
  tls: Config['tls']
  clock: Clock
  log: Logger
  metrics: Registry
}>

export function openWitness({ dtm, ...shared }: WitnessOptions): Witness {
  if (!dtm) return { client: (client) => client, device: (device) => device, [Symbol.asyncDispose]: async () => {} }
  const observers = openObservers({ ...shared, role: 'DCM', config: dtm })
  const { clock } = shared
  return {
    client(client, who) {
      const self = { role: 'DCM', id: who.lfdi } as const
      return observeClient(client, { observer: observers.of(who), clock, self })
    },
    device: (device, who) => witnessDevice(device, { observer: observers.of(who), clock, lfdi: who.lfdi }),
    [Symbol.asyncDispose]: () => observers[Symbol.asyncDispose](),
  }
}
