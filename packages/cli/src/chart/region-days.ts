import type { RegionStep } from '@gridloom/tracker'
import { roundAxis } from './axis.ts'
import { createPanel } from './panel.ts'
import { element, label, svgDocument, type Point } from './svg.ts'

const [width, height] = [960, 860]
const [left, inner] = [70, 860]
const hour = 3600
// More points than this are not seen: each drawn one is the mean of its neighbours.
const drawnPoints = 480

type Curve = Readonly<{ name: string; colour: string; of: (step: RegionStep) => number }>

const panels: readonly Readonly<{ title: string; curves: readonly Curve[] }>[] = [
  {
    title: 'Power, kW',
    curves: [
      { name: 'demand', colour: '#555', of: ({ demandKw }) => demandKw },
      { name: 'supply', colour: '#2f8f4e', of: ({ supplyKw }) => supplyKw },
      { name: 'served', colour: '#1f6fb2', of: ({ servedKw }) => servedKw },
    ],
  },
  {
    title: 'Not served or not used, kW',
    curves: [
      { name: 'shed', colour: '#d0602a', of: ({ shedKw }) => shedKw },
      { name: 'deferred', colour: '#b08a1c', of: ({ deferredKw }) => deferredKw },
      { name: 'starving', colour: '#a3243b', of: ({ starvingKw }) => starvingKw },
      { name: 'curtailed', colour: '#7a9a3d', of: ({ curtailedKw }) => curtailedKw },
    ],
  },
  {
    title: 'Consumers',
    curves: [
      { name: 'starving', colour: '#a3243b', of: ({ starving }) => starving },
      { name: 'fed by neighbours', colour: '#6b4fa0', of: ({ lent }) => lent },
      { name: 'moved in the round', colour: '#1f6fb2', of: ({ moved }) => moved },
    ],
  },
]

/** A picture of days of a region, or of several added up: power, what was not served, and who starved or moved. */
export function drawRegionDays(title: string, steps: readonly RegionStep[]): string {
  const instants = [...Map.groupBy(steps, ({ seconds }) => seconds)]
  const end = instants.at(-1)?.[0] ?? hour
  const ticks = Array.from({ length: 9 }, (_, index) => (index * end) / 8)
  const x = { range: [0, end], ticks, write: (seconds: number) => `${Math.round(seconds / hour)} h` } as const
  return svgDocument(
    width,
    height,
    title,
    label(title, left, 34, { 'font-size': 19, 'font-weight': 'bold' }),
    ...panels.map((panel, index) => {
      const curves = panel.curves.map((curve) => ({ ...curve, points: thinned(instants, curve.of) }))
      const y = roundAxis(curves.flatMap(({ points }) => points.map(([, value]) => value)))
      const top = 100 + 260 * index
      const frame = { left, top, width: inner, height: 180 }
      const drawn = createPanel({ frame, title: panel.title, x, y })
      const keys = curves.map(({ name, colour }, place) => legend(left + 240 + 165 * place, top - 15, name, colour))
      return [drawn.axes, ...keys, ...curves.map(({ points, colour }) => drawn.line(points, colour))].join('')
    }),
  )
}

function thinned(
  instants: readonly (readonly [number, readonly RegionStep[]])[],
  of: (step: RegionStep) => number,
): readonly Point[] {
  const size = Math.ceil(instants.length / drawnPoints)
  const parts = Array.from({ length: Math.ceil(instants.length / size) }, (_, k) =>
    instants.slice(k * size, (k + 1) * size),
  )
  return parts.map((part): Point => {
    const sum = part.reduce((total, [, steps]) => total + steps.reduce((all, step) => all + of(step), 0), 0)
    return [part[0]?.[0] ?? 0, sum / part.length]
  })
}

function legend(x: number, y: number, name: string, colour: string): string {
  const line = element('path', { d: `M${x} ${y}h22`, stroke: colour, 'stroke-width': 3 })
  return line + label(name, x + 28, y + 4)
}
