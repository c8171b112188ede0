import type { Clock, Logger } from '@gridloom/kit'
import type { Config } from '../../config.ts'
import type { Meters } from '../../metrics.ts'
import type { Scheduling } from '../../operations/scheduling.ts'

export type StationOptions = Readonly<{
  config: NonNullable<Config['iec104']>
  scheduling: Scheduling
  clock: Clock
  log: Logger
  meters: Meters
}>

export async function openStation(_options: StationOptions): Promise<AsyncDisposable> {
  throw new Error('not yet')
}
