import type { Driving } from './commute.ts'
import type { Storage } from './storage-status.ts'

/** A vehicle that drives by its pattern and keeps the energy that flows into and out of its battery. */
export type Vehicle = Readonly<{
  isHere(): boolean
  leavesAt(): number
  soc(): number
  /** Where it is at this moment; back from a trip it holds what is left. */
  drive(now: number): void
  /** What really flows of `watts` in the generator's sign: as much as the battery takes up to `fullAt`, gives down to its reserve. */
  flow(watts: number, circumstances: Readonly<{ fullAt: number; seconds: number }>): number
}>

type VehicleOptions = Readonly<{ storage: Storage; soc: number; driving: Driving; startedAt: number }>

// a driver who would have come home with less has charged on the way
const leastOnReturn = 0.05

export function createVehicle({ storage, soc: initial, driving, startedAt }: VehicleOptions): Vehicle {
  const { capacityWh, minSoc, efficiency } = storage
  let trip = driving(startedAt)
  let isHere = startedAt < trip.leavesAt
  let soc = initial

  return {
    isHere: () => isHere,
    leavesAt: () => trip.leavesAt,
    soc: () => soc,
    drive(now) {
      if (now >= trip.returnsAt) {
        soc = Math.max(Math.min(soc, leastOnReturn), soc - trip.wattHours / capacityWh)
        trip = driving(now)
      }
      isHere = now < trip.leavesAt
    },
    flow(watts, { fullAt, seconds }) {
      const hours = seconds / 3600
      if (watts < 0) {
        const room = (Math.max(0, fullAt - soc) * capacityWh) / efficiency / hours
        const taken = Math.min(-watts, room)
        soc = Math.min(1, soc + (efficiency * taken * hours) / capacityWh)
        return taken === 0 ? 0 : -taken
      }
      const given = Math.min(watts, (Math.max(0, soc - minSoc) * capacityWh) / hours)
      soc = Math.max(0, soc - (given * hours) / capacityWh)
      return given
    },
  }
}
