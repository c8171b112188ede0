import { FeederFile } from '../domain/feeder/feeder-file.ts'

type Input = Partial<Record<keyof FeederFile, unknown>>

const zero = [
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
]

/** A source "s" and whatever a test adds, at 1 Ω base: kvLL = √3 makes ohms per unit and a kilometre a unit of length. */
export function smallFeeder(rest: Input = {}): FeederFile {
  return FeederFile.parse({
    format: 'gridloom.feeder/1',
    name: 'small',
    source: { node: 's', kvLL: Math.sqrt(3), pu: [1, 1, 1], angleDeg: [0, -120, 120] },
    nodes: ['s', 'x', 'y'].map((id) => ({ id, kvLL: Math.sqrt(3), phases: 'abc' })),
    lineConfigs: { plain: { unit: 'km', phases: 'abc', r: diagonal(0.01), x: diagonal(0.02), b: zero } },
    lines: [line('s', 'x'), line('x', 'y')],
    ...rest,
  })
}

export function line(from: string, to: string, phases = 'abc', length = 1) {
  return { id: `${from}-${to}`, from, to, phases, length, unit: 'km', config: 'plain' }
}

export function load(node: string, kw: number[], kvar: number[], rest: object = {}) {
  return { id: `load at ${node}`, node, connection: 'Y', model: 'PQ', kw, kvar, ...rest }
}

function diagonal(value: number): number[][] {
  return zero.map((row, i) => row.map((_, j) => (i === j ? value : 0)))
}
