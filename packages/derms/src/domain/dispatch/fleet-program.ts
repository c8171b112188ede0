// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { alike } from './alike.ts'
import type { Block, BlockProgram } from './block-program.ts'
import { byPrice, type Bands } from './by-price.ts'
import { addDer, emptyBlock, layoutOf, type Layout } from './der-block.ts'
import { sourcesOf } from './der-source.ts'
import { linkBlock } from './link-block.ts'
import type { Plan } from './plan.ts'
import type { Problem } from './problem.ts'

/** A fleet as a program of blocks: the groups, and at the end what links them. */
export type FleetProgram = Readonly<{
  program: BlockProgram
  /** Who has a store or a slow ramp: alone, or many alike as one. With equal shares all the others are the last group. */
  groups: readonly Group[]
  /** Who has neither, nor is all or nothing, and without equal shares its bands by price. */
  simple: Uint32Array
  down: Bands
  up: Bands
}>

/** Rows that are one block, and where it begins among the columns and rows of all blocks. */
export type Group = Readonly<{
  layout: Layout
  block: Block
  members: Uint32Array
  firstColumn: number
  firstRow: number
}>

export type Merging = Readonly<{
  /** All-or-nothing DERs stay where it has them; without one they are left to who asks. */
  plan?: Plan
  mostGroups: number
  mostBands: number
}>

export function fleetProgram(problem: Problem, { plan, mostGroups, mostBands }: Merging): FleetProgram {
  const { steps, fairness } = problem
  const hasShares = fairness === 'equal'
  const { simple, tied } = kindsOf(problem)
  const count = tied.reduce((sum, { length }) => sum + length, 0)
  const source = sourcesOf(problem)
  const groups: Group[] = []
  tied.forEach((rows, kind) => {
    if (rows.length === 0) return
    const layout = layoutOf({ hasStore: kind % 2 === 1, hasRamp: kind > 1, hasShares }, steps)
    for (const members of alike(problem, rows, Math.ceil(Math.min(mostGroups / count, 1) * rows.length)))
      add(layout, members)
  })
  if (hasShares && simple.length > 0) add(layoutOf({ hasStore: false, hasRamp: false, hasShares }, steps), simple)
  const banded = hasShares ? new Uint32Array() : simple
  const [down, up] = [byPrice(problem, banded, -1, mostBands), byPrice(problem, banded, 1, mostBands)]
  const links = linkBlock(problem, plan, down, up)
  const program = {
    blocks: [...groups.map(({ block }) => block), links.block],
    linkRhs: links.rhs,
    sharedCost: new Float64Array(hasShares ? steps : 0).fill(1),
  }
  return { program, groups, simple, down, up }

  function add(layout: Layout, members: Uint32Array): void {
    const sum = emptyBlock(layout)
    for (const row of members) addDer(layout, sum, source(row))
    const mean = (values: Float64Array) =>
      members.length === 1 ? values : values.map((value) => value / members.length)
    const block = { ...sum, cost: mean(sum.cost), value: mean(sum.value) }
    const last = groups.at(-1)
    const firstColumn = last ? last.firstColumn + last.layout.shape.columns : 0
    const firstRow = last ? last.firstRow + last.layout.shape.rows : 0
    groups.push({ layout, block, members, firstColumn, firstRow })
  }
}

/** Rows by what ties their steps together: nothing, a store (1), a ramp that matters (2) or both (3). */
function kindsOf(problem: Problem) {
  const { ids, block, storage } = problem
  const tied: number[][] = [[], [], [], []]
  for (let row = 0; row < ids.length; row++) {
    if (block[row]) continue
    tied[Number(storage[row] !== undefined) + 2 * Number(isSlow(problem, row))]!.push(row)
  }
  const [simple = new Uint32Array()] = tied.map((rows) => Uint32Array.from(rows))
  return { simple, tied: tied.map((rows, kind) => Uint32Array.from(kind === 0 ? [] : rows)) }
}

/** Whether some power cannot be reached from one of the step before. */
function isSlow({ steps, base, min, max, now, ramp }: Problem, row: number): boolean {
  if (ramp[row] === Infinity) return false
  for (let t = 0, cell = row * steps; t < steps; t++, cell++) {
    const [still, least, most] =
      t === 0 ? [now[row]!, now[row]!, now[row]!] : [base[cell - 1]!, min[cell - 1]!, max[cell - 1]!]
    const way = Math.max(ramp[row]!, Math.abs(base[cell]! - still))
    if (max[cell]! - least > way || most - min[cell]! > way) return true
  }
  return false
}
