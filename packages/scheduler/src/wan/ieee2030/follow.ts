import { DeviceSchedule } from '@gridloom/contracts'
import {
  createBell,
  backoffSeconds,
  type Clock,
  createClient,
  type Credentials,
  type Logger,
  type Random,
} from '@gridloom/kit'
import type { Config } from '../../config.ts'
import type { Meters } from '../../metrics.ts'
import type { Scheduling } from '../../operations/scheduling.ts'

export type FollowOptions = Readonly<{
  follow: Config['dcms'][number]
  certs: string | Credentials
  tls: Config['tls']
  scheduling: Scheduling
  clock: Clock
  random: Random
  log: Logger
  meters: Meters
}>

/** Follows what a DCM decided for one device; while it is away, what it said last goes on. */
export type Follow = AsyncDisposable &
  Readonly<{
    device: string
    /** Asks at once; false when there was no answer. */
    refresh(): Promise<boolean>
    run(signal: AbortSignal): Promise<void>
  }>

export function createFollow({ follow, certs, tls, scheduling, clock, random, log, meters }: FollowOptions): Follow {
  const { device, url, name, dcm = device, pollSeconds } = follow
  const client = createClient({
    origin: url,
    certs,
    tls,
    mediaType: 'application/json',
    ...(name !== undefined && { serverName: name }),
  })
  const bell = createBell(clock)
  let failures = 0

  const ask = async (signal?: AbortSignal): Promise<void> => {
    const { status, body } = await client.get(`/devices/${encodeURIComponent(dcm)}/schedule`, signal)
    if (status !== 200) throw new Error(`the DCM answers ${status}: ${body.toString()}`)
    const decided = DeviceSchedule.parse(JSON.parse(body.toString()))
    if (decided.known) await scheduling.follow(inOwnTime({ ...decided, device }, clock.now()))
  }
  const refresh = async (signal?: AbortSignal): Promise<boolean> => {
    try {
      await ask(signal)
      if (failures > 0) log.info({ device }, 'dcm answers again')
      failures = 0
      meters.face('2030.5', 'ok')
      return true
    } catch (err) {
      if (signal?.aborted) return false
      failures += 1
      meters.face('2030.5', 'failed')
      if (failures === 1) log.warn({ err, device }, 'dcm not asked')
      return false
    }
  }

  return {
    device,
    refresh: () => refresh(),
    async run(signal) {
      while (!signal.aborted) {
        const isHeard = await refresh(signal)
        const rest = isHeard ? pollSeconds : pollSeconds + backoffSeconds(failures, random)
        try {
          await bell.rest(rest, signal)
        } catch (error) {
          if (signal.aborted) return
          throw error
        }
      }
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

// a difference of a second or two is the way of the answer
const leastOffset = 3

/** Events by the clock of this service, where that of the DCM's server is another. */
function inOwnTime(decided: DeviceSchedule, now: number): DeviceSchedule {
  const ahead = decided.at - now
  if (Math.abs(ahead) < leastOffset) return decided
  const events = decided.events.map((event) => ({ ...event, start: Math.max(0, event.start - ahead) }))
  return { ...decided, at: now, events }
}
