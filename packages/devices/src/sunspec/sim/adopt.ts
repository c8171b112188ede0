import { freqDroop, type TripModel, tripRegions, trips, voltVar, voltWatt, wattVar } from '../models/curves.ts'
import { groupOf, type View, valueOf } from '../view.ts'
import { type Block, put } from './image.ts'

/** Takes the curve that was asked for as the active one, which is the first, when it is one that can be followed. */
export function adopt(block: Block): void {
  const shape = shapes.find(({ id }) => id === block.id)
  if (!shape) return
  const header: View<string> = block
  const asked = valueOf(header, 'AdptCrvReq') ?? 0
  const size = shape.sizeOf(roomOf(header))
  const from = block.layout.size + (asked - 1) * size
  const isGood = shape.isGood(header, from)
  if (isGood) {
    const curve = block.words.slice(from, from + size)
    // its own mark of being only read stays
    for (const [index, word] of curve.entries()) {
      if (index !== shape.readOnlyAt) block.words[block.layout.size + index] = word
    }
  }
  put(header, { AdptCrvRslt: isGood ? 1 : 2 })
}

type Shape = Readonly<{
  id: number
  sizeOf: (points: number) => number
  readOnlyAt: number
  isGood: (header: View<string>, from: number) => boolean
}>

const shapes: readonly Shape[] = [
  ...[voltVar, voltWatt, wattVar].map((curve) => curveShape(curve)),
  {
    id: freqDroop.model.id,
    sizeOf: () => freqDroop.head.size,
    readOnlyAt: freqDroop.head.points.ReadOnly.at,
    isGood: () => true,
  },
  ...trips.map((trip) => tripShape(trip)),
]

function curveShape({ model, head, point }: typeof voltVar | typeof voltWatt | typeof wattVar): Shape {
  return {
    id: model.id,
    sizeOf: (points) => head.size + points * point.size,
    readOnlyAt: head.points.ReadOnly.at,
    isGood: (header, from) => {
      const count = valueOf(groupOf<string>(header, head, from), 'ActPt') ?? 0
      const xs = Array.from({ length: count }, (_, index) =>
        valueOf(groupOf<string>(header, point, from + head.size + index * point.size), 'x'),
      )
      return count >= 2 && count <= roomOf(header) && rises(xs)
    },
  }
}

function tripShape({ id, point }: TripModel): Shape {
  const regionSize = (points: number) => 1 + points * point.size
  return {
    id,
    sizeOf: (points) => 1 + tripRegions.length * regionSize(points),
    readOnlyAt: 0,
    isGood: (header, from) => {
      const room = roomOf(header)
      const counts = tripRegions.map((_, index) => header.words[from + 1 + index * regionSize(room)] ?? 0)
      return counts.every((count) => count <= room)
    },
  }
}

/** Points that a curve has room for; a droop has none. */
function roomOf(header: View<string>): number {
  return 'NPt' in header.layout.points ? (valueOf(header, 'NPt') ?? 0) : 0
}

function rises(values: readonly (number | undefined)[]): boolean {
  return values.every((value, index) => index === 0 || (value ?? 0) >= (values[index - 1] ?? 0))
}
