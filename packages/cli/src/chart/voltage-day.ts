import { serviceBand, type DayStep } from '@gridloom/environment'
import { createPanel, type Panel } from './panel.ts'
import { element, label, svgDocument, type Point } from './svg.ts'

export type DrawnDay = Readonly<{ voltVar: boolean; steps: readonly DayStep[] }>

const [width, height] = [960, 640]
const [left, inner] = [70, 860]
const day = 86_400
const hours = Array.from({ length: 9 }, (_, index) => index * 10_800)
const x = { range: [0, day], ticks: hours, write: (seconds: number) => `${seconds / 3600}:00` } as const
// More points than this are not seen: each drawn one stands for the extremes of its neighbours.
const drawnPoints = 480
const styles = { off: { name: 'volt-var off', colour: '#d0602a' }, on: { name: 'volt-var on', colour: '#1f6fb2' } }

/** A picture of one day or two: between which voltages all nodes and phases lie, and how far apart those are. */
export function drawVoltageDay(title: string, days: readonly DrawnDay[]): string {
  const curves = days.map(({ voltVar, steps }) => ({ ...styles[voltVar ? 'on' : 'off'], ...thinned(steps) }))
  const all = curves.flatMap(({ low, high }) => [...low, ...high].map(([, pu]) => pu))
  const voltage = createPanel({
    frame: { left, top: 100, width: inner, height: 300 },
    x,
    title: 'Voltage, pu: lowest to highest of all nodes and phases; the line is their mean',
    y: axis(Math.min(...all, serviceBand.low), Math.max(...all, serviceBand.high), 0.02),
  })
  const spread = createPanel({
    frame: { left, top: 480, width: inner, height: 110 },
    x,
    title: 'Spread, pu: highest less lowest',
    y: axis(0, Math.max(...curves.flatMap((curve) => curve.spread.map(([, pu]) => pu))), 0.04),
  })
  return svgDocument(
    width,
    height,
    title,
    label(title, left, 34, { 'font-size': 19, 'font-weight': 'bold' }),
    ...curves.map(({ name, colour }, index) => legend(left + 150 * index, name, colour)),
    limitKey(left + 150 * curves.length),
    voltage.strip(serviceBand.low, serviceBand.high) + voltage.axes,
    ...curves.map(({ low, high, colour }) => voltage.area(low, high, colour)),
    ...curves.map((curve) => outline(voltage, curve)),
    voltage.level(serviceBand.low) + voltage.level(serviceBand.high),
    spread.axes,
    ...curves.map((curve) => spread.line(curve.spread, curve.colour)),
    label('hour of the day', left + inner / 2, height - 12, { 'text-anchor': 'middle' }),
  )
}

type Curves = Readonly<Record<'low' | 'mean' | 'high' | 'spread', readonly Point[]>>

function thinned(steps: readonly DayStep[]): Curves {
  const size = Math.ceil(steps.length / drawnPoints)
  const parts = Array.from({ length: Math.ceil(steps.length / size) }, (_, k) => steps.slice(k * size, (k + 1) * size))
  const curve = (of: (part: readonly DayStep[]) => number) =>
    parts.map((part): Point => [part[0]?.seconds ?? 0, of(part)])
  return {
    low: curve((part) => Math.min(...part.map(({ min }) => min))),
    mean: curve((part) => part.reduce((sum, { mean }) => sum + mean, 0) / part.length),
    high: curve((part) => Math.max(...part.map(({ max }) => max))),
    spread: curve((part) => Math.max(...part.map(({ min, max }) => max - min))),
  }
}

function outline(panel: Panel, { low, mean, high, colour }: Curves & { colour: string }): string {
  return [low, mean, high].map((points) => panel.line(points, colour)).join('')
}

/** An axis with a tick at every multiple of the step, as far as the values go. */
function axis(low: number, high: number, step: number) {
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)]
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
  return { range: [first * step, last * step], ticks, write: (pu: number) => pu.toFixed(2) } as const
}

function legend(at: number, name: string, colour: string): string {
  const swatch = { x: at, y: 50, width: 22, height: 12, fill: colour, 'fill-opacity': 0.35, stroke: colour }
  return element('rect', swatch) + label(name, at + 30, 61)
}

function limitKey(at: number): string {
  const dashes = element('path', { d: `M${at} 56h22`, stroke: '#777', 'stroke-dasharray': '6 4' })
  return dashes + label(`${serviceBand.low} and ${serviceBand.high} pu`, at + 30, 61)
}
