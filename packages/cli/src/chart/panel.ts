import { element, label, pointsOf, type Point } from './svg.ts'

type Range = readonly [number, number]

/** A rectangle with a scale on either side: what is drawn in it is given in the units of its axes. */
export type Panel = Readonly<{
  axes: string
  line(points: readonly Point[], colour: string): string
  /** The area between two lines over the same x. */
  area(below: readonly Point[], above: readonly Point[], colour: string): string
  /** A level from side to side. */
  level(y: number): string
  /** A strip from side to side. */
  strip(low: number, high: number): string
}>

export type PanelOptions = Readonly<{
  frame: Readonly<Record<'left' | 'top' | 'width' | 'height', number>>
  title: string
  x: Axis
  y: Axis
}>

type Axis = Readonly<{ range: Range; ticks: readonly number[]; write: (value: number) => string }>

export function createPanel({ frame: { left, top, width, height }, title, x, y }: PanelOptions): Panel {
  const right = left + width
  const bottom = top + height
  const [xAt, yAt] = [scale(x.range, [left, right]), scale(y.range, [bottom, top])]
  const placed = (points: readonly Point[]) => points.map(([at, value]): Point => [xAt(at), yAt(value)])
  const across = (at: number, colour: string, dashes = 'none') =>
    element('path', { d: `M${left} ${at}H${right}`, stroke: colour, 'stroke-dasharray': dashes })
  const upright = (at: number) => element('path', { d: `M${at} ${bottom}v5`, stroke: '#888' })
  const axes = [
    label(title, left, top - 10, { 'font-weight': 'bold' }),
    ...y.ticks.map((tick) => across(yAt(tick), '#e4e4e4')),
    ...y.ticks.map((tick) => label(y.write(tick), left - 8, yAt(tick) + 4, { 'text-anchor': 'end' })),
    ...x.ticks.map((tick) => upright(xAt(tick))),
    ...x.ticks.map((tick) => label(x.write(tick), xAt(tick), bottom + 20, { 'text-anchor': 'middle' })),
    across(bottom, '#888'),
  ]
  return {
    axes: axes.join(''),
    line: (points, stroke) =>
      element('polyline', { points: pointsOf(placed(points)), fill: 'none', stroke, 'stroke-width': 1.5 }),
    area: (below, above, fill) =>
      element('polygon', { points: pointsOf(placed([...above, ...below.toReversed()])), fill, 'fill-opacity': 0.3 }),
    level: (at) => across(yAt(at), '#777', '6 4'),
    strip: (low, high) =>
      element('rect', { x: left, y: yAt(high), width, height: yAt(low) - yAt(high), fill: '#f1f6ee' }),
  }
}

function scale([low, high]: Range, [from, to]: Range): (value: number) => number {
  return (value) => Math.round(10 * (from + ((value - low) / (high - low)) * (to - from))) / 10
}
