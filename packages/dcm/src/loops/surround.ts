import { FleetSurroundings, type FleetReport } from '@gridloom/contracts'
import type { Client, Clock, Logger } from '@gridloom/kit'
import type { Outlet } from '../outlet.ts'

export type SurroundOptions = Readonly<{
  client: Client
  outlets: readonly Outlet[]
  clock: Clock
  log: Logger
  tickSeconds: number
}>

/** Tells the environment at every tick what all devices do and hands each what surrounds it, until the signal ends it. */
export async function surround(options: SurroundOptions, signal: AbortSignal): Promise<void> {
  const { clock, log, tickSeconds } = options
  let isLost = false
  for (;;) {
    try {
      await exchange(options, signal)
      if (isLost) log.info('environment back')
      isLost = false
    } catch (err) {
      if (signal.aborted) return
      if (!isLost) log.warn({ err }, 'environment lost')
      isLost = true
    }
    try {
      await clock.sleep(isLost ? lostTicks * tickSeconds : tickSeconds, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
  }
}

// An environment that is away is asked less often.
const lostTicks = 3

/** One batch for all devices of the process. */
async function exchange({ client, outlets }: SurroundOptions, signal: AbortSignal): Promise<void> {
  const reports = outlets.map((outlet) => outlet.report())
  const batch: FleetReport = { devices: reports }
  const { status, body } = await client.post('/exchange', JSON.stringify(batch), signal)
  if (status !== 200) throw new Error(`the environment answered ${status}: ${body.toString().slice(0, 200)}`)
  const { devices } = FleetSurroundings.parse(JSON.parse(body.toString()))
  const byLfdi = new Map(devices.map((one) => [one.lfdi, one]))
  for (const [index, outlet] of outlets.entries()) {
    const surroundings = byLfdi.get(reports[index]?.lfdi ?? '')
    if (surroundings) outlet.take(surroundings)
  }
}
