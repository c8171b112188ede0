import { SepError } from '@gridloom/sep2030'
import type { DistributedLoad, FeederFile, Line, Load } from './feeder-file.ts'
import type { Triple } from './phases.ts'

/** Where the nearer part of a load along a line stands, as a share of the length, and how large it is: rule `quarter`. */
const place = 1 / 4
const share = 2 / 3

type Stop = Readonly<{ id: string; at: number }>

/** Replaces loads along a line by spot loads: 2/3 at a new node a quarter of the way, 1/3 at the far end. */
export function spreadLoads(feeder: FeederFile): FeederFile {
  if (feeder.distributedLoads.length === 0) return feeder
  const stops = stopsByLine(feeder)
  const base = new Map(feeder.nodes.map(({ id, kvLL }) => [id, kvLL]))
  return {
    ...feeder,
    nodes: [
      ...feeder.nodes,
      ...[...stops].flatMap(([{ from, phases }, on]) =>
        on.map(({ id }) => ({ id, kvLL: base.get(from) ?? 0, phases })),
      ),
    ],
    lines: feeder.lines.flatMap((line) => segments(line, stops.get(line) ?? [])),
    loads: [...feeder.loads, ...feeder.distributedLoads.flatMap(spotLoads)],
    distributedLoads: [],
  }
}

/** The new nodes of each line, in the order of the line. */
function stopsByLine({ lines, distributedLoads }: FeederFile): Map<Line, Stop[]> {
  const between = new Map(lines.map((line) => [`${line.from}~${line.to}`, line]))
  const stops = new Map<Line, Stop[]>()
  for (const { from, to } of distributedLoads) {
    const id = `${from}~${to}`
    const line = between.get(id) ?? between.get(`${to}~${from}`)
    if (!line) throw new SepError('invalid', `distributed load "${id}": no line joins "${from}" and "${to}"`)
    const on = stops.get(line) ?? []
    if (on.some((stop) => stop.id === id)) continue
    const added = [...on, { id, at: line.from === from ? place : 1 - place }]
    stops.set(
      line,
      added.toSorted((a, b) => a.at - b.at),
    )
  }
  return stops
}

function segments(line: Line, stops: readonly Stop[]): Line[] {
  let start: Stop = { id: line.from, at: 0 }
  return [...stops, { id: line.to, at: 1 }].map((end) => {
    const segment = { ...line, from: start.id, to: end.id, length: line.length * (end.at - start.at) }
    start = end
    return segment
  })
}

function spotLoads({ from, to, connection, model, kw, kvar }: DistributedLoad): Load[] {
  const id = `${from}~${to}`
  return [
    { id, node: id, connection, model, kw: times(kw, share), kvar: times(kvar, share) },
    { id, node: to, connection, model, kw: times(kw, 1 - share), kvar: times(kvar, 1 - share) },
  ]
}

function times([a, b, c]: Triple, factor: number): [number, number, number] {
  return [a * factor, b * factor, c * factor]
}
