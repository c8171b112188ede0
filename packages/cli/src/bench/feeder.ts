import {
  createFeeder,
  generateFeeder,
  presetOf,
  voltagesOf,
  type FeederFile,
  type Outcome,
} from '@gridloom/environment'
import { perSecond } from './by-turns.ts'
import { denseNodal } from './dense-nodal.ts'
import type { BenchFigure } from './figure.ts'

const tolerance = 1e-6
const budgetMs = 1000

/**
 * The sweep against a dense nodal solve of 1,000 nodes, in nodes solved per second. `solve`: laying the feeder out and solving it
 * from flat, against assembling, factoring and solving; `step`: one more solve after the loads moved, against one more with the factors kept.
 */
export async function benchFeeder(): Promise<BenchFigure[]> {
  const small = generateFeeder(presetOf(1000))
  const large = generateFeeder(presetOf(10_000))
  const start = performance.now()
  const dense = denseNodal(small)
  const denseVoltages = dense.solve(tolerance)
  const denseSolve = 1000 / (performance.now() - start)
  const denseStep = perSecond(() => dense.solve(tolerance), budgetMs)
  agree(small, dense.unknowns, denseVoltages)
  return [small, large].flatMap((feeder) => {
    const nodes = feeder.nodes.length
    return [
      figure(
        `solve ${nodes}`,
        nodes * perSecond(() => createFeeder(feeder).solve({}, { tolerance }), budgetMs),
        1000 * denseSolve,
      ),
      figure(`step ${nodes}`, nodes * perSecond(stepper(feeder), budgetMs), 1000 * denseStep),
    ]
  })
}

function figure(metric: string, value: number, referenceValue: number): BenchFigure {
  const reference = metric.startsWith('solve') ? 'dense nodal solve, 1,000 nodes' : 'the same with its factors kept'
  return { bench: 'feeder', metric, value, unit: 'nodes/s', reference, referenceValue, ratio: value / referenceValue }
}

/** Solves again and again while the loads go up and down by 2 %. */
function stepper(file: FeederFile): () => Outcome {
  const feeder = createFeeder(file)
  let count = 0
  return () => {
    count += 1
    return feeder.solve({ loadScale: count % 2 === 0 ? 1 : 1.02 }, { tolerance })
  }
}

/** A figure is worth nothing when the two do not find the same voltages. */
function agree(file: FeederFile, unknowns: ReadonlyMap<string, number>, dense: Float64Array): void {
  const outcome = createFeeder(file).solve({}, { tolerance })
  if (outcome.kind === 'unsolved') throw new Error(`the feeder has no solution at node "${outcome.worstNode}"`)
  for (const [node, voltages] of voltagesOf(outcome)) {
    for (const [phase, [pu]] of Object.entries(voltages)) {
      const at = unknowns.get(node + phase)
      if (at === undefined) continue
      const other = Math.hypot(dense[2 * at] ?? 0, dense[2 * at + 1] ?? 0)
      if (Math.abs(other - pu) > 1e-5) throw new Error(`node "${node}" phase ${phase}: ${pu} pu against ${other} pu`)
    }
  }
}
