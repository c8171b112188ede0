import type { Curve, DeviceSetpoint } from '../../setpoint.ts'
import { type TripModel, tripRegions, trips } from '../models/curves.ts'
import { type Registers, view } from '../registers.ts'
import { groupOf, type View, valueOf, type Write, writesOf } from '../view.ts'
import { tripModes } from '../trip-modes.ts'
import { adoptSteps, obstacle, ours } from './curve-orders.ts'
import type { Context, Order } from './order.ts'

/** The orders to the models 707 to 710, low and high voltage and frequency trip; `original` is what the device had. */
export function tripOrders(setpoint: DeviceSetpoint, { registers }: Context, original: Registers): Order[] {
  return trips.flatMap((trip) => tripOrder(trip, setpoint, registers, original))
}

/** A set of trip curves has three regions; those that nobody asks for become as they were when the device was met. */
function tripOrder(trip: TripModel, setpoint: DeviceSetpoint, registers: Registers, originals: Registers): Order[] {
  const header = view(registers, trip.model)
  const original = originals.get(trip.id)
  if (!header || !original) return []
  const room = valueOf(header, 'NPt') ?? 0
  const regionSize = 1 + room * trip.point.size
  const setSize = 1 + tripRegions.length * regionSize
  const wanted = tripRegions.map((region) => {
    const mode = tripModes[trip.id][region]
    return { mode, curve: mode && setpoint[mode] }
  })
  const modes = wanted.flatMap(({ mode, curve }) => (mode && curve ? [mode] : []))
  const order = { key: String(trip.id), modes, isTimed: false }
  const words = wanted.flatMap(({ curve }, index) => {
    const at = trip.model.size + 1 + index * regionSize
    return curve ? regionWords(groupOf(header, trip.point, 0), curve, room) : original.words.slice(at, at + regionSize)
  })
  const active = registers.get(trip.id)?.words.slice(trip.model.size + 1, trip.model.size + setSize)
  if (active?.every((word, index) => word === words[index])) return [{ ...order, steps: [] }]
  const most = Math.max(...wanted.map(({ curve }) => curve?.points.length ?? 0))
  const target = groupOf(header, trip.point, trip.model.size + (ours - 1) * setSize)
  const reason = obstacle(header, target, most)
  if (reason) return [{ ...order, steps: [], impossible: reason }]
  const content = { address: header.address + target.base + 1, words }
  return [{ ...order, steps: [{ kind: 'write', write: content }, ...adoptSteps(header)] }]
}

/** The registers of a region: how many points count, and all that there is room for. */
function regionWords(point: View<'x' | 'y'>, { points }: Curve, room: number): number[] {
  const percent = 'V_SF' === point.layout.points.y.scale ? 100 : 1
  const sorted = points.toSorted((a, b) => a.x - b.x)
  const last = sorted.at(-1) ?? { x: 0, y: 0 }
  const filled = Array.from({ length: room }, (_, index) => sorted[index] ?? last)
  const writes: Write[] = filled.flatMap(({ x, y }) =>
    writesOf(point, [
      ['y', percent * y],
      ['x', x],
    ]),
  )
  return [points.length, ...writes.flatMap(({ words }) => words)]
}
