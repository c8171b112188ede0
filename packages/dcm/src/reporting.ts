import type { Device, DeviceStatus } from '@gridloom/devices'
import type { Clock, Logger, Random } from '@gridloom/kit'
import type { Lfdi, Profile } from '@gridloom/sep2030'
import { reportsOf, type Report } from './domain/reports.ts'
import type { Reservation } from './domain/reservation.ts'
import type { Schedule } from './domain/scheduling/schedule.ts'
import type { View } from './domain/view.ts'
import { createFlowMeter } from './flow-meter.ts'
import type { Observe } from './loops/observe.ts'
import { createReporter, type Reporter } from './loops/report.ts'
import type { Session } from './session.ts'

export type ReportingOptions = Readonly<{
  session: Session
  clock: Clock
  random: Random
  log: Logger
  least: number
  device: Device
  observe: Observe
  lfdi: Lfdi
  profile: Profile
  nmi: string | undefined
  serverNow: () => number
  view: () => View
  isTrusted: () => boolean
  flows: () => Schedule
  reservations: () => readonly Reservation[]
}>

/** The reporter of a DCM: what it is to say comes from the device, the flows it follows and what the server links to. */
export function createReporting(options: ReportingOptions): Reporter {
  const { clock, device, observe, lfdi, profile, nmi, serverNow, view } = options
  const progressOf = createFlowMeter()
  const startedAt = serverNow()

  const seen = (now: number): DeviceStatus | undefined => {
    const latest = observe.latest()
    // The device counts in our time, its reports in the server's.
    return latest?.kind === 'seen' ? { ...latest.status, at: latest.status.at + now - clock.now() } : undefined
  }
  const reports = (): readonly Report[] => {
    if (!options.isTrusted() || !view().self) return []
    const now = serverNow()
    const status = seen(now)
    const { capability, settings } = device
    const flow = progressOf(options.flows(), options.reservations(), { status, now })
    const isLost = observe.latest()?.kind === 'lost'
    return reportsOf({
      view: view(),
      capability,
      settings,
      seen: status,
      isLost,
      lfdi,
      profile,
      startedAt,
      now,
      nmi,
      flow,
    })
  }
  return createReporter({ ...options, reports })
}
