import type { FeederFile } from '../domain/feeder/feeder-file.ts'

type Triple = [number, number, number]
type Matrix = [Triple, Triple, Triple]

/** The same feeder with its phases renamed: a becomes b, b becomes c, c becomes a. */
export function rotated(file: FeederFile): FeederFile {
  const { source, nodes, lineConfigs, lines, regulators, switches, capacitors, loads, distributedLoads, ders } = file
  return {
    ...file,
    source: { ...source, pu: turn(source.pu), angleDeg: turn(source.angleDeg) },
    nodes: nodes.map(renamed),
    lineConfigs: Object.fromEntries(
      Object.entries(lineConfigs).map(([id, config]) => [
        id,
        { ...renamed(config), r: both(config.r), x: both(config.x), b: both(config.b) },
      ]),
    ),
    lines: lines.map(renamed),
    regulators: regulators.map((one) => ({ ...renamed(one), taps: keys(one.taps) })),
    switches: switches.map(renamed),
    capacitors: capacitors.map((one) => ({ ...one, kvar: keys(one.kvar) })),
    loads: loads.map(power),
    distributedLoads: distributedLoads.map(power),
    ders: ders.map(power),
  }
}

function renamed<T extends Readonly<{ phases: string }>>(one: T): T {
  const next: Readonly<Record<string, string>> = { a: 'b', b: 'c', c: 'a' }
  return {
    ...one,
    phases: [...one.phases]
      .map((phase) => next[phase] ?? '')
      .toSorted()
      .join(''),
  }
}

function power<T extends Readonly<{ kw: Triple; kvar: Triple }>>(one: T): T {
  return { ...one, kw: turn(one.kw), kvar: turn(one.kvar) }
}

function keys<T>({ a, b, c }: { a?: T; b?: T; c?: T }): { a?: T; b?: T; c?: T } {
  return { ...(c !== undefined && { a: c }), ...(a !== undefined && { b: a }), ...(b !== undefined && { c: b }) }
}

function turn<T>([a, b, c]: [T, T, T]): [T, T, T] {
  return [c, a, b]
}

function both([a, b, c]: Matrix): Matrix {
  return turn([turn(a), turn(b), turn(c)])
}
