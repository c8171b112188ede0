import { rawOf, textOf, type Words, wordsOf } from './codec.ts'
import type { Layout, Model } from './models/layout.ts'

/** A model or a group in registers that were read: values by the names of their points, and what would write them. */
export type View<Name extends string = string> = Readonly<{
  layout: Layout<Name>
  /** The registers of the model, its id first. */
  words: Words
  /** Where the layout's first register is in `words`. */
  base: number
  /** Address of the model's id. */
  address: number
  /** The exponents that scale the points, by their names. */
  scaleOf: (name: string) => number | undefined
}>

/** Registers to write at an address. */
export type Write = Readonly<{ address: number; words: readonly number[] }>

export function viewOf<Name extends string>(model: Model<Name>, words: Words, address: number): View<Name> {
  const scales: Layout = model
  const scaleOf = (name: string): number | undefined => {
    const point = scales.points[name]
    return point && rawOf(words, point.at, point)
  }
  return { layout: model, words, base: 0, address, scaleOf }
}

/** A group that repeats or follows in the same model: its scale factors are those of the fixed part. */
export function groupOf<Name extends string>(view: View, layout: Layout<Name>, base: number): View<Name> {
  return { ...view, layout, base }
}

/** A value in its unit, undefined when the device does not have it. */
export function valueOf<Name extends string>(view: View<Name>, name: Name): number | undefined {
  const point = view.layout.points[name]
  const raw = rawOf(view.words, view.base + point.at, point)
  if (raw === undefined) return undefined
  return scaledBy(raw, point.scale === undefined ? 0 : (view.scaleOf(point.scale) ?? 0))
}

export function textAt<Name extends string>(view: View<Name>, name: Name): string {
  const point = view.layout.points[name]
  return textOf(view.words, view.base + point.at, point)
}

/** Whether the device has the point. */
export function has<Name extends string>(view: View<Name>, name: Name): boolean {
  const point = view.layout.points[name]
  return rawOf(view.words, view.base + point.at, point) !== undefined
}

/** The writes of values in their units, in this order; a limit is rounded down, lest it be exceeded. */
export function writesOf<Name extends string>(
  view: View<Name>,
  values: readonly (readonly [name: Name, value: number, rounding?: 'down'])[],
): Write[] {
  return values.map(([name, value, rounding]) => {
    const point = view.layout.points[name]
    const raw = scaledBy(value, point.scale === undefined ? 0 : -(view.scaleOf(point.scale) ?? 0))
    const rounded = rounding === 'down' ? Math.floor(raw + 1e-6) : raw
    return { address: view.address + view.base + point.at, words: wordsOf(rounded, point) }
  })
}

/** Dividing by a whole power of ten gives the decimal that is meant: 2301 by 10 is 230.1. */
function scaledBy(value: number, exponent: number): number {
  return exponent < 0 ? value / 10 ** -exponent : value * 10 ** exponent
}
