/** The types of SunSpec points; a bit field of 16 bits and an enumeration are told apart by name only. */
export type PointType =
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'uint64'
  | 'acc32'
  | 'acc64'
  | 'enum16'
  | 'bitfield16'
  | 'bitfield32'
  | 'sunssf'
  | 'string'
  | 'pad'

/** One point: where it begins, counted from the first register of its model or group, and what scales it. */
export type Point = Readonly<{ at: number; size: number; type: PointType; scale?: string; writable: boolean }>

export type Layout<Name extends string = string> = Readonly<{ points: Readonly<Record<Name, Point>>; size: number }>

type Spec = Omit<Point, 'at'>

/** A point that is only read, with the point that holds its scale factor. */
export function r(type: PointType, scale?: string): Spec {
  return { type, size: sizes[type], writable: false, ...(scale !== undefined && { scale }) }
}

/** A point that may be written as well. */
export function rw(type: PointType, scale?: string): Spec {
  return { ...r(type, scale), writable: true }
}

export function text(size: number): Spec {
  return { ...r('string'), size }
}

/** Several points alike, one after another. */
export function each<const Name extends string>(names: readonly Name[], spec: Spec): Record<Name, Spec> {
  return Object.fromEntries(names.map((name) => [name, spec])) as Record<Name, Spec>
}

/** Lays points out one after another, in the order in which they are named. */
export function group<Specs extends Readonly<Record<string, Spec>>>(
  specs: Specs,
  start = 0,
): Layout<keyof Specs & string> {
  let at = start
  const placed = Object.entries(specs).map(([name, spec]) => {
    const point = [name, { ...spec, at }] as const
    at += spec.size
    return point
  })
  return { points: Object.fromEntries(placed) as Record<keyof Specs & string, Point>, size: at }
}

export type Model<Name extends string = string> = Layout<Name> & Readonly<{ id: number }>

/** A model, or the fixed part of one: its points follow its id and its length. */
export function model<Specs extends Readonly<Record<string, Spec>>>(
  id: number,
  specs: Specs,
): Model<keyof Specs & string> {
  return { id, ...group(specs, 2) }
}

const sizes: Readonly<Record<PointType, number>> = {
  uint16: 1,
  int16: 1,
  uint32: 2,
  int32: 2,
  uint64: 4,
  acc32: 2,
  acc64: 4,
  enum16: 1,
  bitfield16: 1,
  bitfield32: 2,
  sunssf: 1,
  string: 1,
  pad: 1,
}
