import { has, maskOf, pairsOf } from './phases.ts'
import type { DrawnNode } from './generate.ts'

const head =
  'node,parent,phases,lengthM,connection,model,kw1,kvar1,kw2,kvar2,kw3,kvar3,derKwA,derKvarA,derKwB,derKvarB,derKwC,derKvarC\n'

/** A generated feeder as a table, one row a node. */
export function networkCsv(nodes: readonly DrawnNode[]): string {
  return head + nodes.map((node, index) => `${rowOf(node, index).join(',')}\n`).join('')
}

function rowOf({ parent, phases, lengthM, load, der }: DrawnNode, index: number): (string | number)[] {
  const mask = maskOf(phases)
  const pairs = load?.connection === 'D' ? pairsOf(mask) : mask
  return [
    ...[index, parent ?? '', phases, lengthM, load?.connection ?? '', load?.model ?? ''],
    ...[0, 1, 2].flatMap((branch) => cells(load, branch, pairs)),
    ...[0, 1, 2].flatMap((phase) => cells(der, phase, mask)),
  ]
}

function cells(power: DrawnNode['der'], branch: number, present: number): (string | number)[] {
  if (!power || !has(present, branch)) return ['', '']
  return [power.kw[branch] ?? 0, power.kvar[branch] ?? 0]
}
