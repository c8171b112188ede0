import { backoffSeconds, type Clock, type Database, type Logger, type Random } from '@gridloom/kit'
import type { Dcm } from './dcm.ts'
import { forgetSettled } from './store/journal.ts'
import { forgetRegisters } from './store/registers.ts'

export type FleetOptions = Readonly<{
  dcms: readonly Dcm[]
  clock: Clock
  random: Random
  log: Logger
  database: Database
  tickSeconds: number
  staggerSeconds: number
}>

// What was metered is kept for so long for whoever settles it; what was answered stays known for so long after its time, lest a list that is read again be answered again.
const rememberSeconds = 2 * 86_400
const cleaningSeconds = 3600

/** Runs all DCMs of a process until the signal ends them: one ticker for all devices, and nobody falls with another. */
export async function runFleet(options: FleetOptions, signal: AbortSignal): Promise<void> {
  const { dcms, staggerSeconds } = options
  const delays = dcms.map((_, index) => (staggerSeconds * index) / dcms.length)
  const running = dcms.map((dcm, index) => supervise(dcm, delays[index] ?? 0, options, signal))
  await Promise.all([...running, tickAll(options, signal), cleanUp(options, signal)])
}

/** Starts a DCM that failed again: a fault in one server's data is no reason to stop controlling a device. */
async function supervise(
  dcm: Dcm,
  delay: number,
  { clock, random, log }: FleetOptions,
  signal: AbortSignal,
): Promise<void> {
  if (!(await slept(clock, delay, signal))) return
  for (let failures = 0; ; failures += 1) {
    const ending = new AbortController()
    try {
      await dcm.run(AbortSignal.any([signal, ending.signal]))
    } catch (error) {
      if (signal.aborted) return
      log.error({ err: error, dcm: dcm.name }, 'dcm failed')
    } finally {
      ending.abort()
    }
    if (!(await slept(clock, 1 + backoffSeconds(failures, random), signal))) return
  }
}

/** Asks every device at the same beat; one that has not answered yet is left out, and holds up nobody. */
async function tickAll({ dcms, clock, log, tickSeconds }: FleetOptions, signal: AbortSignal): Promise<void> {
  const busy = new Set<Dcm>()
  const tick = async (dcm: Dcm): Promise<void> => {
    busy.add(dcm)
    try {
      await dcm.tick()
    } catch (error) {
      log.error({ err: error, dcm: dcm.name }, 'device not asked')
    } finally {
      busy.delete(dcm)
    }
  }
  while (await slept(clock, tickSeconds, signal)) {
    for (const dcm of dcms) if (!busy.has(dcm)) void tick(dcm)
  }
}

async function cleanUp({ database, clock }: FleetOptions, signal: AbortSignal): Promise<void> {
  do {
    const before = clock.now() - rememberSeconds
    await Promise.all([forgetSettled(database, before), forgetRegisters(database, before)])
  } while (await slept(clock, cleaningSeconds, signal))
}

/** False when the signal ended the sleep. */
async function slept(clock: Clock, seconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(seconds, signal)
    return true
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}
