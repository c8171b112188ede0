import { eveningHour, hourOf, kinds, type Kind } from '../neighbourhood/homes.ts'
import type { Study, StudyInterval } from '../neighbourhood/simulate.ts'
import { roundAxis } from './axis.ts'
import { createPanel } from './panel.ts'
import { element, label, svgDocument, type Point } from './svg.ts'

const [width, left, inner] = [960, 80, 850]
const [blue, orange, green, red, grey] = ['#1f6fb2', '#d0602a', '#3d8b46', '#a33', '#888']
const colours: Readonly<Record<Kind, string>> = { household: grey, pv: orange, battery: green, flexible: blue }

/** The pictures of a study, by the name of their file. */
export function drawStudy({ intervals, options }: Study): Readonly<Record<string, string>> {
  const seconds = options.intervalSeconds
  const kilowatts = (wattHours: number): number => (wattHours * 3600) / seconds / 1000
  const over = (of: (one: StudyInterval) => number | undefined): Point[] =>
    intervals.flatMap((one, index): Point[] => {
      const value = of(one)
      return value === undefined ? [] : [[index * seconds, value]]
    })
  const traded = { name: 'price', colour: red, points: over(({ price }) => price) }
  const volume = { name: 'volume', colour: blue, points: over(({ volumeWh }) => kilowatts(volumeWh)) }
  const positions = kinds.map((kind) => {
    return { name: kind, colour: colours[kind], points: over(({ positionsWh }) => kilowatts(positionsWh[kind])) }
  })
  const without = { name: 'without a market', colour: orange, points: over((one) => kilowatts(one.withoutWh)) }
  const withMarket = { name: 'with the market', colour: blue, points: over((one) => kilowatts(one.withMarketWh)) }
  const x = dayAxis(options.days)
  return {
    'price-and-volume.svg': picture('Price and volume of each interval', x, [
      { title: 'Price, thousandths of a dollar per kWh', curves: [traded] },
      { title: 'Traded, kW on average over the interval', curves: [volume] },
    ]),
    'positions.svg': picture('Positions by kind of agent', x, [
      { title: 'Bought (above 0) and sold (below), kW on average over the interval', curves: positions },
    ]),
    'load.svg': picture('Load of the neighbourhood', x, [
      { title: 'Net power into the neighbourhood, kW', curves: [without, withMarket] },
    ]),
  }
}

type Curve = Readonly<{ name: string; colour: string; points: readonly Point[] }>
type Part = Readonly<{ title: string; curves: readonly Curve[] }>
type Axis = ReturnType<typeof dayAxis>

const [partHeight, gap, top] = [230, 80, 100]

function picture(title: string, x: Axis, parts: readonly Part[]): string {
  const height = top + parts.length * (partHeight + gap)
  const panels = parts.flatMap(({ title: name, curves }, index) => {
    const frame = { left, top: top + index * (partHeight + gap), width: inner, height: partHeight }
    const y = roundAxis(curves.flatMap(({ points }) => points.map(([, value]) => value)))
    const panel = createPanel({ frame, title: name, x, y })
    return [panel.axes, ...curves.map(({ points, colour }) => panel.line(points, colour)), panel.level(0)]
  })
  const curves = parts.flatMap((part) => part.curves)
  const keys = curves.map(({ name, colour }, index) => key(left + 170 * index, name, colour))
  return svgDocument(
    width,
    height,
    title,
    label(title, left, 34, { 'font-size': 19, 'font-weight': 'bold' }),
    ...keys,
    ...panels,
  )
}

function key(at: number, name: string, colour: string): string {
  return element('path', { d: `M${at} 56h22`, stroke: colour, 'stroke-width': 3 }) + label(name, at + 30, 61)
}

/** Local time: a tick at every midnight, or every six hours of one or two days. */
function dayAxis(days: number) {
  const end = days * 86_400
  const isLong = days > 2
  const step = isLong ? 86_400 : 21_600
  const first = isLong ? 86_400 - eveningHour * 3600 : 0
  const ticks = Array.from({ length: Math.floor((end - first) / step) + 1 }, (_, index) => first + index * step)
  const write = (seconds: number): string => {
    return isLong ? `day ${(seconds - first) / 86_400 + 1}` : `${hourOf(seconds)}:00`
  }
  return { range: [0, end] as const, ticks, write }
}
