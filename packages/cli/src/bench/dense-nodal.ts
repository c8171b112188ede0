import type { FeederFile } from '@gridloom/environment'
import { factor, inverse, substitute } from './dense-matrix.ts'

/** Voltages of the unknown node-phases: 2 numbers each, in the order of `unknowns`. */
export type DenseNodal = Readonly<{ unknowns: ReadonlyMap<string, number>; solve: (tolerance: number) => Float64Array }>

type Branch = Readonly<{ plus: number; minus: number; p: number; q: number; power: number; rated: number }>

/**
 * The textbook way for a generated feeder: the admittance matrix of all its node-phases, dense, factored once as LDLᵀ,
 * then currents and voltages in turn until they rest. Nodes 0 and 1, source and ideal regulator, are known.
 */
export function denseNodal(feeder: FeederFile): DenseNodal {
  const known = knownVoltages(feeder)
  const unknowns = new Map<string, number>()
  for (const { id, phases } of feeder.nodes.slice(2))
    for (const phase of phases) unknowns.set(id + phase, unknowns.size)
  const { size } = unknowns
  const system = { unknowns, known, matrix: new Float64Array(2 * size * size), constant: new Float64Array(2 * size) }
  const { matrix, constant } = system
  for (const line of feeder.lines) stampLine(system, feeder, line)
  factor(matrix, size)
  const branches = branchesOf(feeder, unknowns)
  return {
    unknowns,
    solve: (tolerance) => {
      let voltages = substitute(matrix, size, constant)
      for (let change = Number.POSITIVE_INFINITY; change >= tolerance;) {
        const next = substitute(matrix, size, injections(branches, voltages, constant))
        change = largestChange(voltages, next)
        voltages = next
      }
      return voltages
    },
  }
}

function knownVoltages({ source, regulators }: FeederFile): Map<string, readonly [number, number]> {
  const [regulator] = regulators
  return new Map(
    (['a', 'b', 'c'] as const).map((phase, k) => {
      const volts = (source.pu[k] ?? 0) * (1 + (regulator?.stepPu ?? 0) * (regulator?.taps[phase] ?? 0))
      const angle = ((source.angleDeg[k] ?? 0) * Math.PI) / 180
      return [`1${phase}`, [volts * Math.cos(angle), volts * Math.sin(angle)]] as const
    }),
  )
}

type System = Readonly<{
  unknowns: ReadonlyMap<string, number>
  known: ReadonlyMap<string, readonly [number, number]>
  matrix: Float64Array
  constant: Float64Array
}>

function stampLine(
  { unknowns, known, matrix, constant }: System,
  feeder: FeederFile,
  line: FeederFile['lines'][number],
): void {
  const config = feeder.lineConfigs[line.config]
  if (!config) throw new Error(`no line config "${line.config}"`)
  const size = unknowns.size
  const km = line.length / 1000
  const zBase = feeder.source.kvLL ** 2 / 3
  const at = [...line.phases].map((phase) => 'abc'.indexOf(phase))
  const pick = (table: readonly (readonly number[])[], scale: number) =>
    at.map((row) => at.map((column) => (table[row]?.[column] ?? 0) * scale))
  const y = inverse(pick(config.r, km / zBase), pick(config.x, km / zBase))
  const half = pick(config.b, (km * 1e-6 * zBase) / 2)
  for (const [i, rowPhase] of [...line.phases].entries()) {
    for (const [j, columnPhase] of [...line.phases].entries()) {
      const [g, b] = y[i]?.[j] ?? [0, 0]
      for (const here of [line.from, line.to]) {
        const there = here === line.from ? line.to : line.from
        const row = unknowns.get(here + rowPhase)
        if (row === undefined) continue
        add(row, unknowns.get(here + columnPhase) ?? 0, g, b + (half[i]?.[j] ?? 0))
        const column = unknowns.get(there + columnPhase)
        if (column !== undefined) add(row, column, -g, -b)
        else inject(row, known.get(there + columnPhase) ?? [0, 0], g, b)
      }
    }
  }

  function add(row: number, column: number, g: number, b: number): void {
    const cell = 2 * (row * size + column)
    matrix[cell] = (matrix[cell] ?? 0) + g
    matrix[cell + 1] = (matrix[cell + 1] ?? 0) + b
  }

  function inject(row: number, [re, im]: readonly [number, number], g: number, b: number): void {
    constant[2 * row] = (constant[2 * row] ?? 0) + g * re - b * im
    constant[2 * row + 1] = (constant[2 * row + 1] ?? 0) + g * im + b * re
  }
}

const powers = { PQ: 0, I: 1, Z: 2 } as const

function branchesOf({ loads, capacitors, ders }: FeederFile, unknowns: ReadonlyMap<string, number>): Branch[] {
  const devices = [
    ...loads,
    ...capacitors.map(({ node, connection, kvar: { a = 0, b = 0, c = 0 } }) => ({
      node,
      connection,
      model: 'Z' as const,
      kw: [0, 0, 0],
      kvar: [-a, -b, -c],
    })),
    ...ders.map((der) => ({ ...der, model: 'PQ' as const, kw: der.kw.map((p) => -p), kvar: der.kvar.map((q) => -q) })),
  ]
  return devices.flatMap(({ node, connection, model, kw, kvar }) =>
    [0, 1, 2].flatMap((branch): Branch[] => {
      const [p, q] = [(kw[branch] ?? 0) / 1000, (kvar[branch] ?? 0) / 1000]
      if (p === 0 && q === 0) return []
      const plus = unknowns.get(node + 'abc'.charAt(branch)) ?? -1
      const minus = connection === 'Y' ? -1 : (unknowns.get(node + 'abc'.charAt((branch + 1) % 3)) ?? -1)
      return [{ plus, minus, p, q, power: powers[model], rated: connection === 'Y' ? 1 : 3 }]
    }),
  )
}

function injections(branches: readonly Branch[], voltages: Float64Array, constant: Float64Array): Float64Array {
  const right = constant.slice()
  for (const { plus, minus, p, q, power, rated } of branches) {
    const re = (voltages[2 * plus] ?? 0) - (voltages[2 * minus] ?? 0)
    const im = (voltages[2 * plus + 1] ?? 0) - (voltages[2 * minus + 1] ?? 0)
    const square = re * re + im * im
    const g = (square / rated) ** (power / 2) / square
    take(plus, (p * re + q * im) * g, (p * im - q * re) * g)
    take(minus, -(p * re + q * im) * g, -(p * im - q * re) * g)
  }
  return right

  function take(at: number, re: number, im: number): void {
    if (at < 0) return
    right[2 * at] = (right[2 * at] ?? 0) - re
    right[2 * at + 1] = (right[2 * at + 1] ?? 0) - im
  }
}

function largestChange(before: Float64Array, after: Float64Array): number {
  let largest = 0
  for (let k = 0; k < after.length; k += 2) {
    largest = Math.max(
      largest,
      Math.hypot((after[k] ?? 0) - (before[k] ?? 0), (after[k + 1] ?? 0) - (before[k + 1] ?? 0)),
    )
  }
  return largest
}
