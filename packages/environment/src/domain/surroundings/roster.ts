import type { DeviceReport } from '@gridloom/contracts'
import { createRandom } from '@gridloom/kit'
import type { Site } from '../events/effects.ts'
import type { LiveFeeder } from './live-feeder.ts'
import type { Place, Placement } from './placement.ts'

/** A device on the grid: where it stands, and what it did last. */
export type Resident = Readonly<{
  site: Site
  place: Place | undefined
  /** Clouds reach the devices one after the other. */
  driftSeconds: number
  report: DeviceReport
  seenAt: number
}>

export type Ground = Readonly<{ live: LiveFeeder; placement: Placement }>

/** The devices that fleets report. */
export type Roster = Readonly<{
  hear(report: DeviceReport, now: number): Resident
  /** Drops whom nobody has reported since. */
  forget(before: number): void
  all(): readonly Resident[]
}>

const longestDrift = 240

export function createRoster(ground: Ground | undefined): Roster {
  const residents = new Map<string, Resident>()
  const settle = ({ lfdi, name }: DeviceReport): Pick<Resident, 'site' | 'place' | 'driftSeconds'> => {
    const place = ground?.placement(name)
    const nodes = place && ground ? ground.live.upstream(place.position) : new Set<string>()
    return { site: { lfdi, name, nodes }, place, driftSeconds: createRandom(`drift/${name}`).next() * longestDrift }
  }
  return {
    hear(report, now) {
      const before = residents.get(report.lfdi)
      const settled = before?.site.name === report.name ? before : settle(report)
      const resident = { ...settled, report, seenAt: now }
      residents.set(report.lfdi, resident)
      return resident
    },
    forget(before) {
      for (const [lfdi, { seenAt }] of residents) if (seenAt < before) residents.delete(lfdi)
    },
    all: () => [...residents.values()],
  }
}
