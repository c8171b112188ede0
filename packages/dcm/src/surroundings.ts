import { createClient, type Clock, type Logger } from '@gridloom/kit'
import type { Config } from './config.ts'
import { surround } from './loops/surround.ts'
import { createOutlet, type Outlet, type OutletOptions } from './outlet.ts'

/** The environment around the devices of a process, if its configuration names one. */
export type Surroundings = AsyncDisposable &
  Readonly<{
    outlet(device: Pick<OutletOptions, 'lfdi' | 'name' | 'device'>): Outlet | undefined
    /** Keeps all outlets supplied until the signal ends it. */
    run(signal: AbortSignal): Promise<void>
  }>

export function openSurroundings(config: Config, clock: Clock, log: Logger): Surroundings {
  const { environment, certs, tls, tickSeconds } = config
  if (!environment) return { outlet: () => undefined, run: async () => {}, [Symbol.asyncDispose]: async () => {} }
  const { url: origin, name: serverName, nominalAfterSeconds: staySeconds } = environment
  const name = serverName === undefined ? {} : { serverName }
  const client = createClient({ origin, certs, tls, ...name, mediaType: 'application/json', totalSeconds: 10 })
  const outlets: Outlet[] = []
  return {
    outlet(device) {
      const outlet = createOutlet({ ...device, now: clock.now, staySeconds })
      outlets.push(outlet)
      return outlet
    },
    run: (signal) => surround({ client, outlets, clock, log, tickSeconds }, signal),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}
