import { SepError } from '@gridloom/sep2030'
import type { FeederFile, Line, LineConfig, Regulator, Transformer } from './feeder-file.ts'
import { maskOf, namesOf } from './phases.ts'

/** Base power per phase; the base voltage is that of the node, line to neutral. */
export const baseKva = 1000

export type Terminal = Readonly<{ index: number; mask: number; kvLL: number }>

/** What joins two nodes, in per unit: impedance as 9 complex numbers, half the susceptance as 9 real ones. */
export type Branch = Readonly<{
  name: string
  from: number
  to: number
  mask: number
  z?: Float64Array
  halfB?: Float64Array
  /** no zero sequence passes */
  delta: boolean
  regulator?: Regulator
  /** may stand only with `from` on the side of the source */
  oneWay: boolean
}>

const metres = { ft: 0.3048, kft: 304.8, mi: 1609.344, m: 1, km: 1000 } as const

/** The nodes of a feeder by id, each known once. */
export function terminalsOf({ nodes }: FeederFile): Map<string, Terminal> {
  const terminals = new Map<string, Terminal>()
  for (const [index, { id, kvLL, phases }] of nodes.entries()) {
    if (terminals.has(id)) throw new SepError('invalid', `nodes[${index}]: a second node "${id}"`)
    terminals.set(id, { index, mask: maskOf(phases), kvLL })
  }
  return terminals
}

export function terminalAt(terminals: ReadonlyMap<string, Terminal>, id: string, who: string): Terminal {
  const terminal = terminals.get(id)
  if (!terminal) throw new SepError('invalid', `${who}: there is no node "${id}"`)
  return terminal
}

/** Everything that conducts: an open switch is no branch. */
export function branchesOf(feeder: FeederFile, terminals: ReadonlyMap<string, Terminal>): Branch[] {
  return [
    ...feeder.lines.map((line) => lineBranch(line, feeder.lineConfigs[line.config], terminals)),
    ...feeder.transformers.map((transformer) => transformerBranch(transformer, terminals)),
    ...feeder.regulators.map((regulator) => ({
      ...joined(`regulator "${regulator.id}"`, regulator, terminals),
      regulator,
      oneWay: true,
    })),
    ...feeder.switches.filter(({ closed }) => closed).map((one) => joined(`switch "${one.id}"`, one, terminals)),
  ]
}

type Ends = Readonly<{ from: string; to: string; phases: string }>

function joined(name: string, { from, to, phases }: Ends, terminals: ReadonlyMap<string, Terminal>): Branch {
  const mask = maskOf(phases)
  const ends = [terminalAt(terminals, from, name), terminalAt(terminals, to, name)] as const
  for (const [index, id] of [from, to].entries()) {
    const missing = mask & ~(ends[index]?.mask ?? 0)
    if (missing) throw new SepError('invalid', `${name}: node "${id}" has no phase ${namesOf(missing)}`)
  }
  return { name, from: ends[0].index, to: ends[1].index, mask, delta: false, oneWay: false }
}

function lineBranch(line: Line, config: LineConfig | undefined, terminals: ReadonlyMap<string, Terminal>): Branch {
  const name = `line "${line.id}"`
  const branch = joined(name, line, terminals)
  if (!config) throw new SepError('invalid', `${name}: there is no line config "${line.config}"`)
  const missing = branch.mask & ~maskOf(config.phases)
  if (missing) throw new SepError('invalid', `${name}: config "${line.config}" has no phase ${namesOf(missing)}`)
  const { kvLL } = terminalAt(terminals, line.from, name)
  if (terminalAt(terminals, line.to, name).kvLL !== kvLL) {
    throw new SepError('invalid', `${name}: "${line.from}" and "${line.to}" have different base voltages`)
  }
  const units = (line.length * metres[line.unit]) / metres[config.unit]
  const zBase = (kvLL * kvLL) / 3 / (baseKva / 1000)
  const r = config.r.flat()
  const x = config.x.flat()
  return {
    ...branch,
    z: Float64Array.from({ length: 18 }, (_, k) => (((k % 2 === 0 ? r : x)[k >> 1] ?? 0) * units) / zBase),
    halfB: Float64Array.from(config.b.flat(), (b) => (b * 1e-6 * units * zBase) / 2),
  }
}

function transformerBranch(transformer: Transformer, terminals: ReadonlyMap<string, Terminal>): Branch {
  const { id, from, to, kva, connection, rPercent, xPercent } = transformer
  const name = `transformer "${id}"`
  const delta = connection === 'DD'
  const shared = terminalAt(terminals, from, name).mask & terminalAt(terminals, to, name).mask
  if (delta && shared !== 7)
    throw new SepError('invalid', `${name}: a delta needs three phases, not "${namesOf(shared)}"`)
  const z = new Float64Array(18)
  const scale = (3 * baseKva) / kva / 100
  for (let phase = 0; phase < 3; phase += 1) z.set([rPercent * scale, xPercent * scale], 8 * phase)
  return { ...joined(name, { from, to, phases: namesOf(shared) }, terminals), z, delta, oneWay: true }
}
