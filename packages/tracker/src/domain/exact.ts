import highs, { type Highs } from 'highs'
import { kwOf } from './milliwatts.ts'

import { inGreedyOrder, type Load, type Source } from './trees.ts'

// The package has the types of CommonJS and the export of ESM: what is imported is what its types call `default`.
const loadHighs = highs as unknown as typeof highs.default

/** What the lexicographic integer program of §4 serves; the assignment itself is not unique. */
export type Optimum = Readonly<{ servedPerClass: Readonly<Record<string, number>>; servedKw: number }>

type Pair = Readonly<{ name: string; load: Load; source: Source }>

// The program is NP-hard: a region of some hundred consumers may take longer than anybody waits.
const patienceSeconds = 60

/** Class by class as many consumers as can be served, each number fixed for the next; last the power. For small regions: an Error after a minute. */
export async function optimumOf(sources: readonly Source[], loads: readonly Load[]): Promise<Optimum> {
  const solver = await loadHighs()
  const until = performance.now() + 1000 * patienceSeconds
  const maximum = (objective: string): number => maximumOf(solver, objective, { rules, pairs, until })
  const pairs = pairsOf(sources, loads)
  const rules = [...onceEach(loads, pairs), ...withinUsable(sources, pairs)]
  const servedPerClass: Record<string, number> = {}
  for (const [number, members] of Map.groupBy(inGreedyOrder(loads), (load) => load.class)) {
    const count = linear(pairs, (pair) => Number(members.includes(pair.load)))
    const most = Math.round(maximum(count))
    servedPerClass[number] = most
    if (count !== '') rules.push(`${count} >= ${most}`)
  }
  const power = linear(pairs, ({ load }) => kwOf(load.demand))
  return { servedPerClass, servedKw: Math.round(maximum(power) * 1e6) / 1e6 }
}

type Program = Readonly<{ rules: readonly string[]; pairs: readonly Pair[]; until: number }>

function maximumOf(solver: Highs, objective: string, { rules, pairs, until }: Program): number {
  if (objective === '') return 0
  const binaries = pairs.map(({ name }) => name).join(' ')
  const model = `Maximize\n obj: ${objective}\nSubject To\n ${rules.join('\n ')}\nBinary\n ${binaries}\nEnd\n`
  const time_limit = Math.max(0.1, (until - performance.now()) / 1000)
  const { Status, ...solution } = solver.solve(model, { mip_rel_gap: 0, mip_abs_gap: 0, time_limit })
  if (Status === 'Time limit reached')
    throw new Error(`no optimum within ${patienceSeconds} s: the region is too large for --exact`)
  if (Status !== 'Optimal') throw new Error(`the integer program ended as "${Status}"`)
  return solution.ObjectiveValue
}

/** Who may hang where: other feeders are left out. */
function pairsOf(sources: readonly Source[], loads: readonly Load[]): readonly Pair[] {
  return loads.flatMap((load, c) =>
    sources
      .map((source, g) => ({ name: `x${c}_${g}`, load, source }))
      .filter(({ source }) => (source.feeder ?? load.feeder) === (load.feeder ?? source.feeder)),
  )
}

function onceEach(loads: readonly Load[], pairs: readonly Pair[]): readonly string[] {
  const terms = loads.map((load) => linear(pairs, (pair) => Number(pair.load === load)))
  return terms.filter((term) => term !== '').map((term) => `${term} <= 1`)
}

function withinUsable(sources: readonly Source[], pairs: readonly Pair[]): readonly string[] {
  const terms = sources.map(
    (source) => [source, linear(pairs, (pair) => (pair.source === source ? kwOf(pair.load.demand) : 0))] as const,
  )
  return terms.filter(([, term]) => term !== '').map(([{ usable }, term]) => `${term} <= ${kwOf(usable)}`)
}

function linear(pairs: readonly Pair[], weight: (pair: Pair) => number): string {
  const terms = pairs.map((pair) => [weight(pair), pair.name] as const).filter(([factor]) => factor !== 0)
  return terms.map(([factor, name]) => `${factor} ${name}`).join(' + ')
}

/** The bound of the splittable relaxation by linear program: what `flowBoundOf` knows without one. */
export async function relaxedPowerOf(sources: readonly Source[], loads: readonly Load[]): Promise<number> {
  const solver = await loadHighs()
  const pairs = pairsOf(sources, loads)
  const power = linear(pairs, ({ load }) => kwOf(load.demand))
  if (power === '') return 0
  const rules = [...onceEach(loads, pairs), ...withinUsable(sources, pairs)]
  return solver.solve(`Maximize\n obj: ${power}\nSubject To\n ${rules.join('\n ')}\nEnd\n`).ObjectiveValue
}
