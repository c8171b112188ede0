import { byId, sum } from './order.ts'
import { createResiduals, type Residuals } from './residuals.ts'

/** Power in milliwatts; with a feeder only generators of that feeder, or of none, may feed it. */
export type Load = Readonly<{ id: string; class: number; demand: number; feeder?: string | undefined }>
export type Source = Readonly<{ id: string; usable: number; feeder?: string | undefined }>

/** The trees of one round: who hangs on which generator, and what is left there. */
export type Trees = Readonly<{ assignment: Map<string, string>; residuals: Residuals }>

/** The order of the greedy: important ones first, then small ones. */
export function inGreedyOrder(loads: readonly Load[]): readonly Load[] {
  return loads.toSorted((a, b) => a.class - b.class || a.demand - b.demand || byId(a, b))
}

/** Keeps what still fits of the trees before, then places the others by best fit; `loads` in greedy order. */
export function growTrees(
  sources: readonly Source[],
  loads: readonly Load[],
  before: ReadonlyMap<string, string> = new Map(),
): Trees {
  const residuals = createResiduals(sources)
  const assignment = new Map<string, string>()
  for (const { id, demand, feeder } of before.size > 0 ? loads : []) {
    const source = before.get(id)
    if (source !== undefined && residuals.take(source, demand, feeder)) assignment.set(id, source)
  }
  for (const { id, demand, feeder } of loads) {
    if (assignment.has(id)) continue
    const source = residuals.bestFit(demand, feeder)
    if (source !== undefined) assignment.set(id, source)
  }
  return { assignment, residuals }
}

/** Trees that stand are kept when nobody loses by it (§4, sticky repair). */
export function repairTrees(
  sources: readonly Source[],
  loads: readonly Load[],
  before: ReadonlyMap<string, string>,
): Readonly<{ trees: Trees; stickyKept: boolean }> {
  const fresh = growTrees(sources, loads)
  const repaired = growTrees(sources, loads, before)
  const stickyKept = !isWorse(repaired, fresh, loads)
  return { trees: stickyKept ? repaired : fresh, stickyKept }
}

/** Every class that is there, in ascending order, also with nobody served. */
export function servedPerClass(assignment: Trees['assignment'], loads: readonly Load[]): Map<number, number> {
  const served = new Map<number, number>()
  for (const load of loads) served.set(load.class, (served.get(load.class) ?? 0) + Number(assignment.has(load.id)))
  return served
}

export function servedPower(assignment: Trees['assignment'], loads: readonly Load[]): number {
  return sum(loads, ({ id, demand }) => (assignment.has(id) ? demand : 0))
}

/** Compares by consumers served, class by class, then by power. */
export function isWorse(one: Trees, other: Trees, loads: readonly Load[]): boolean {
  const [mine, theirs] = [one, other].map(({ assignment }) => [
    ...servedPerClass(assignment, loads).values(),
    servedPower(assignment, loads),
  ])
  const gaps = mine?.map((value, index) => value - (theirs?.[index] ?? 0))
  return (gaps?.find((gap) => gap !== 0) ?? 0) < 0
}
