import type { Columns } from './columns.ts'
import type { DerSettings } from './settings.ts'
import type { Tile } from './tile.ts'

/** Ride-through statuses, in the order of precedence of the ride-through modes. */
export const Status = {
  trip: 0,
  enteringService: 1,
  continuous: 2,
  mandatory: 3,
  permissive: 4,
  momentary: 5,
  cease: 6,
  notDefined: 7,
} as const

export type Status = (typeof Status)[keyof typeof Status]

export const statusNames = [
  'Trip',
  'Entering Service',
  'Continuous Operation',
  'Mandatory Operation',
  'Permissive Operation',
  'Momentary Cessation',
  'Cease to Energize',
  'Not Defined',
] as const

export type Service = Readonly<{ status: Int8Array; esCompleted: Uint8Array }>

export const createService = ({ flags }: Columns, { STATUS_INIT }: DerSettings, status: Int8Array): Service => ({
  status: status.fill(STATUS_INIT ? Status.continuous : Status.trip),
  esCompleted: flags(STATUS_INIT),
})

/** The status that enter-service criterion, trip criterion and ride-through modes make (fact sheet, section 5). */
export function updateStatus({ n, enter: { crit }, trip, rideThrough, service }: Tile): void {
  const { status, esCompleted } = service
  for (let i = 0; i < n; i++) {
    if (trip.must[i] === 1 || (status[i] === Status.trip && crit[i] !== 1)) {
      status[i] = Status.trip
      esCompleted[i] = 0
    } else status[i] = running(rideThrough.voltage[i] ?? 0, rideThrough.frequency[i] ?? 0, esCompleted[i] === 1)
  }
}

function running(rtV: number, rtF: number, esCompleted: boolean): number {
  if (rtF === Status.notDefined) return Status.notDefined
  if (rtV >= Status.permissive) return rtV
  if (rtV === Status.mandatory || rtF === Status.mandatory) return Status.mandatory
  return esCompleted ? Status.continuous : Status.enteringService
}
