import { parseWith } from '../parse-with.ts'
import { drawNodes, GeneratedFile, type DrawnNode } from './generate.ts'
import { has, maskOf, pairsOf } from './phases.ts'

const head =
  'node,parent,phases,lengthM,connection,model,kw1,kvar1,kw2,kvar2,kw3,kvar3,derKwA,derKvarA,derKwB,derKvarB,derKwC,derKvarC\n'

/** The network of a generated feeder as a table, one row a node. */
export function networkCsv(document: unknown): string {
  const { parameters } = parseWith(GeneratedFile, document, 'scenario')
  return (
    head +
    drawNodes(parameters)
      .map((node, index) => `${rowOf(node, index).join(',')}\n`)
      .join('')
  )
}

function rowOf({ parent, phases, lengthM, load, der }: DrawnNode, index: number): (string | number)[] {
  const mask = maskOf(phases)
  const pairs = load?.connection === 'D' ? pairsOf(mask) : mask
  const drawn = [0, 1, 2].flatMap((branch) => cells(load, branch, pairs))
  const injected = [0, 1, 2].flatMap((phase) => cells(der, phase, mask))
  return [index, parent ?? '', phases, lengthM, load?.connection ?? '', load?.model ?? '', ...drawn, ...injected]
}

function cells(power: DrawnNode['der'], branch: number, present: number): (string | number)[] {
  if (!power || !has(present, branch)) return ['', '']
  return [power.kw[branch] ?? 0, power.kvar[branch] ?? 0]
}
