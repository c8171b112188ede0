import { SepError } from '@gridloom/sep2030'
import type { DistributedLoad, FeederFile, Line, Load } from './feeder-file.ts'
import type { Triple } from './phases.ts'

/** Where the nearer part of a load along a line stands, as a share of the length, and how large it is: rule `quarter`. */
const place = 1 / 4
const share = 2 / 3

type Tap = Readonly<{ id: string; at: number }>

/** Replaces loads along a line by spot loads: 2/3 at a new node a quarter of the way, 1/3 at the far end. */
export function spreadLoads(feeder: FeederFile): FeederFile {
  if (feeder.distributedLoads.length === 0) return feeder
  const taps = tapsByLine(feeder)
  const phasesOf = new Map(feeder.lines.map((line) => [line.id, line]))
  return {
    ...feeder,
    nodes: [...feeder.nodes, ...[...taps].flatMap(([line, on]) => newNodes(feeder, phasesOf.get(line), on))],
    lines: feeder.lines.flatMap((line) => segments(line, taps.get(line.id) ?? [])),
    loads: [...feeder.loads, ...feeder.distributedLoads.flatMap(spotLoads)],
    distributedLoads: [],
  }
}

function tapsByLine({ lines, distributedLoads }: FeederFile): Map<string, Tap[]> {
  const between = new Map(lines.flatMap((line) => [[`${line.from}~${line.to}`, line]]))
  const taps = new Map<string, Tap[]>()
  for (const { from, to } of distributedLoads) {
    const id = `${from}~${to}`
    const line = between.get(id) ?? between.get(`${to}~${from}`)
    if (!line) throw new SepError('invalid', `distributed load "${id}": no line joins "${from}" and "${to}"`)
    const on = taps.get(line.id) ?? []
    if (on.some((tap) => tap.id === id)) continue
    taps.set(
      line.id,
      [...on, { id, at: line.from === from ? place : 1 - place }].toSorted((a, b) => a.at - b.at),
    )
  }
  return taps
}

function newNodes(feeder: FeederFile, line: Line | undefined, taps: readonly Tap[]): FeederFile['nodes'] {
  const end = feeder.nodes.find((node) => node.id === line?.from)
  if (!line || !end) return []
  return taps.map(({ id }) => ({ id, kvLL: end.kvLL, phases: line.phases }))
}

function segments(line: Line, taps: readonly Tap[]): Line[] {
  const stops = [{ id: line.from, at: 0 }, ...taps, { id: line.to, at: 1 }]
  return stops.slice(1).map(({ id: to, at }, index) => {
    const { id: from, at: start } = stops[index] ?? { id: line.from, at: 0 }
    return { ...line, from, to, length: line.length * (at - start) }
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
