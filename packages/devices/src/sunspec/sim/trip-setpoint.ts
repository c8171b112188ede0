import type { CurveMode, Mode } from '../../modes.ts'
import type { Curve } from '../../setpoint.ts'
import { type TripModel, tripRegions, trips } from '../models/curves.ts'
import { tripModes } from '../trip-modes.ts'
import { groupOf, type View, valueOf } from '../view.ts'
import type { Image } from './image.ts'

type TripSetpoint = Readonly<Partial<Record<CurveMode, Curve>>>

/** The active trip curves that the device can follow; before the first adoption it keeps to its own. */
export function tripSetpoint({ block }: Image, modes: readonly Mode[]): TripSetpoint {
  return Object.assign({}, ...trips.map((trip) => activeOf(trip, block(trip.model), modes))) as TripSetpoint
}

type Header = View<keyof TripModel['model']['points']>

function activeOf(trip: TripModel, header: Header | undefined, modes: readonly Mode[]): TripSetpoint {
  if (!header || valueOf(header, 'AdptCrvReq') === 0) return {}
  const room = valueOf(header, 'NPt') ?? 0
  const regions = tripRegions.flatMap((region, index) => {
    const mode = tripModes[trip.id][region]
    const at = trip.model.size + 1 + index * (1 + room * trip.point.size)
    const count = header.words[at] ?? 0
    return mode && modes.includes(mode) && count > 0 ? [[mode, regionOf(trip, header, at + 1, count)] as const] : []
  })
  return Object.fromEntries(regions)
}

function regionOf({ point, model }: TripModel, header: Header, at: number, count: number): Curve {
  const scale = 'V_SF' in model.points ? 100 : 1
  const points = Array.from({ length: count }, (_, index) => {
    const one = groupOf(header, point, at + index * point.size)
    return { x: valueOf(one, 'x') ?? 0, y: (valueOf(one, 'y') ?? 0) / scale }
  })
  return { points, of: scale === 100 ? 'effectiveVolts' : 'none' }
}
