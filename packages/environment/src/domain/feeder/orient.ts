import { SepError } from '@gridloom/sep2030'
import type { Branch } from './branches.ts'

/** The tree seen from the source, parents before children: `nodes[k]` hangs by `branches[k]` from `nodes[parents[k]]`. */
export type Tree = Readonly<{
  nodes: readonly number[]
  parents: readonly number[]
  branches: readonly number[]
  depth: number
}>

/** Orders the nodes breadth first from the source; nodes it does not reach are de-energised and left out. */
export function orient(source: number, ids: readonly string[], branches: readonly Branch[]): Tree {
  const touching = incidence(ids.length, branches)
  const place = new Int32Array(ids.length).fill(-1)
  const level = [0]
  const tree = { nodes: [source], parents: [-1], branches: [-1] }
  place[source] = 0
  for (let k = 0; k < tree.nodes.length; k += 1) {
    const node = tree.nodes[k] ?? source
    for (const index of touching[node] ?? []) {
      const branch = branches[index]
      if (!branch || index === tree.branches[k]) continue
      const next = branch.from === node ? branch.to : branch.from
      if ((place[next] ?? -1) >= 0)
        throw new SepError('invalid', `${branch.name} is a second path to node "${ids[next]}"`)
      if (branch.oneWay && branch.to === node) throw new SepError('invalid', `${branch.name} points towards the source`)
      place[next] = tree.nodes.push(next) - 1
      tree.parents.push(k)
      tree.branches.push(index)
      level.push((level[k] ?? 0) + 1)
    }
  }
  return { ...tree, depth: level.at(-1) ?? 0 }
}

function incidence(count: number, branches: readonly Branch[]): readonly number[][] {
  const touching = Array.from({ length: count }, (): number[] => [])
  for (const [index, { from, to }] of branches.entries()) {
    touching[from]?.push(index)
    touching[to]?.push(index)
  }
  return touching
}
