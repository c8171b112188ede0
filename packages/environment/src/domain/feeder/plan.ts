import { SepError } from '@gridloom/sep2030'
import { branchesOf, terminalAt, terminalsOf, type Branch } from './branches.ts'
import { elementsOf, type Elements } from './elements.ts'
import type { Der, FeederFile, Load, Regulator, Taps } from './feeder-file.ts'
import { orient } from './orient.ts'
import { has, maskOf, phases } from './phases.ts'
import { spreadLoads } from './spread-loads.ts'

/** A feeder in flat arrays, nodes in sweep order (parents first, the source at 0): what one sweep needs and no more. */
export type Plan = Readonly<{
  ids: readonly string[]
  kvLL: Float64Array
  mask: Uint8Array
  parent: Int32Array
  /** the series impedance towards the parent, 9 complex numbers a node */
  z: Float64Array
  /** the susceptance of the half lines that end at a node, 9 real numbers */
  shunt: Float64Array
  /** 1 where a delta winding keeps the zero sequence from the node */
  delta: Uint8Array
  /** turns ratio a phase, without taps: 1, and 0 on a phase that is absent */
  ratio: Float64Array
  elements: Elements
  source: Float64Array
  depth: number
  deEnergised: readonly string[]
  /** those that are live */
  regulators: readonly Readonly<{ position: number; regulator: Regulator }>[]
  regulatorIds: ReadonlySet<string>
  loads: readonly Load[]
  ders: readonly Der[]
}>

/** Lays a feeder out for the sweep; throws what is wrong with it, by name. */
export function planOf(file: FeederFile): Plan {
  const feeder = spreadLoads(file)
  const terminals = terminalsOf(feeder)
  const root = terminalAt(terminals, feeder.source.node, 'source')
  const branches = branchesOf(feeder, terminals)
  const allIds = feeder.nodes.map(({ id }) => id)
  const tree = orient(root.index, allIds, branches)
  const count = tree.nodes.length
  const arrays = {
    kvLL: new Float64Array(count),
    mask: new Uint8Array(count),
    parent: Int32Array.from(tree.parents),
    z: new Float64Array(18 * count),
    shunt: new Float64Array(9 * count),
    delta: new Uint8Array(count),
    ratio: new Float64Array(3 * count),
  }
  const position = new Int32Array(allIds.length).fill(-1)
  const regulators: Plan['regulators'][number][] = []
  for (const [at, node] of tree.nodes.entries()) {
    position[node] = at
    const branch = branches[tree.branches[at] ?? -1]
    const { kvLL, phases: declared } = feeder.nodes[node] ?? { kvLL: 0, phases: '' }
    arrays.kvLL[at] = kvLL
    arrays.mask[at] = maskOf(declared) & (branch ? branch.mask & (arrays.mask[tree.parents[at] ?? 0] ?? 0) : 7)
    if (branch) hang(arrays, at, branch)
    if (branch?.regulator) regulators.push({ position: at, regulator: branch.regulator })
  }
  const siteOf = (id: string, who: string) => {
    const { index, mask: declared } = terminalAt(terminals, id, who)
    const at = position[index] ?? -1
    return { position: at, declared, live: at < 0 ? 0 : (arrays.mask[at] ?? 0) }
  }
  return {
    ...arrays,
    ids: tree.nodes.map((node) => allIds[node] ?? ''),
    elements: elementsOf(feeder, siteOf, 6 * count),
    source: sourceOf(feeder),
    depth: tree.depth,
    deEnergised: allIds.filter((id) => siteOf(id, 'node').live === 0),
    regulators,
    regulatorIds: new Set(feeder.regulators.map(({ id }) => id)),
    loads: feeder.loads,
    ders: feeder.ders,
  }
}

type Arrays = Pick<Plan, 'mask' | 'parent' | 'z' | 'shunt' | 'delta' | 'ratio'>

/** Writes the branch above a node, cut down to the phases that are live below it. */
function hang({ mask, parent, z, shunt, delta, ratio }: Arrays, at: number, branch: Branch): void {
  const live = mask[at] ?? 0
  const up = parent[at] ?? 0
  delta[at] = branch.delta ? 1 : 0
  for (let row = 0; row < 3; row += 1) {
    if (!has(live, row)) continue
    ratio[3 * at + row] = 1
    for (let column = 0; column < 3; column += 1) {
      if (!has(live, column)) continue
      const cell = 3 * row + column
      const half = branch.halfB?.[cell] ?? 0
      z[18 * at + 2 * cell] = branch.z?.[2 * cell] ?? 0
      z[18 * at + 2 * cell + 1] = branch.z?.[2 * cell + 1] ?? 0
      shunt[9 * at + cell] = (shunt[9 * at + cell] ?? 0) + half
      shunt[9 * up + cell] = (shunt[9 * up + cell] ?? 0) + half
    }
  }
}

function sourceOf({ source: { pu, angleDeg } }: FeederFile): Float64Array {
  return Float64Array.from({ length: 6 }, (_, k) => {
    const angle = ((angleDeg[k >> 1] ?? 0) * Math.PI) / 180
    return (pu[k >> 1] ?? 0) * (k % 2 === 0 ? Math.cos(angle) : Math.sin(angle))
  })
}

/** The turns ratio a = 1 + step·tap of each phase, with the taps of each regulator as given or, failing that, as in the file. */
export function ratiosOf(plan: Plan, taps: Readonly<Record<string, Taps>>): Float64Array {
  const unknown = Object.keys(taps).find((id) => !plan.regulatorIds.has(id))
  if (unknown !== undefined) throw new SepError('invalid', `taps: there is no regulator "${unknown}"`)
  const ratio = plan.ratio.slice()
  for (const { position, regulator } of plan.regulators) {
    for (const [phase, name] of phases.entries()) {
      const tap = (taps[regulator.id] ?? regulator.taps)[name] ?? 0
      if (Math.abs(tap) > regulator.maxTap) {
        throw new SepError('invalid', `regulator "${regulator.id}": tap ${tap} is beyond ${regulator.maxTap}`)
      }
      const at = 3 * position + phase
      ratio[at] = (ratio[at] ?? 0) * (1 + regulator.stepPu * tap)
    }
  }
  return ratio
}
