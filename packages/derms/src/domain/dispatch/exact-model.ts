// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Block } from './block-program.ts'
import { addDer, emptyBlock, layoutOf } from './der-block.ts'
import { sourcesOf } from './der-source.ts'
import { fleetProgram, type FleetProgram, type Group } from './fleet-program.ts'
import { linearModel, type LinearModel, type Term } from './linear-model.ts'
import type { Plan } from './plan.ts'
import type { Problem } from './problem.ts'

/** An allocation as a model for HiGHS, and what the values of its columns say. */
export type ExactModel = Readonly<{
  model: LinearModel
  planOf(values: Float64Array): Plan
  /** The cells in which a store charges and discharges at once. */
  bothWays(values: Float64Array): readonly number[]
}>

/** The columns are kW: HiGHS is at its best with numbers that are neither large nor small. */
const unit = 1000

/**
 * The block program with everybody on their own who has a store or a slow ramp. Of the others those of one price, or of equal
 * shares, are taken together: it does not matter who of them gives how much. All-or-nothing DERs get a binary for each way,
 * and the cells of `oneWay` one that says whether their store is charged or discharged.
 */
export function exactModel(problem: Problem, oneWay: ReadonlySet<number>): ExactModel {
  const { steps, block, min } = problem
  const fleet = fleetProgram(problem, { mostGroups: Infinity, mostBands: Infinity })
  const { program, groups } = fleet
  const model = linearModel()
  const shared = Array.from(program.sharedCost, (cost) => model.column(0, 1, cost))
  const links: Term[][] = Array.from(program.linkRhs, () => [])
  const firsts = program.blocks.map((one) => addBlock(one, false))
  const ways = groups.flatMap((group, n) => (group.layout.kind.hasStore ? waysOf(problem, group, firsts[n]!) : []))
  for (const way of ways) if (oneWay.has(way.cell)) addOneWay(model, way)
  const plain = layoutOf({ hasStore: false, hasRamp: false, hasShares: shared.length > 0 }, steps)
  const wholes = block.reduce<Whole[]>((found, isWhole, row) => (isWhole ? [...found, addWhole(row)] : found), [])
  links.forEach((terms, t) => model.row(program.linkRhs[t]! / unit, program.linkRhs[t]! / unit, terms))
  return {
    model,
    bothWays: (values) => ways.filter((way) => isBothWays(way, values)).map(({ cell }) => cell),
    planOf: (values) => {
      const plan = min.slice()
      groups.forEach((group, n) => takeGroup(problem, plan, group, values.subarray(firsts[n])))
      takeBands(problem, plan, fleet, values.subarray(firsts.at(-1)))
      for (const { row, first } of wholes) {
        for (let t = 0; t < steps; t++) {
          const at = first + t * plain.columnsPerStep
          take(problem, plan, row * steps + t, { low: values[at]!, high: values[at + 1]! })
        }
      }
      return plan
    },
  }

  /** Adds columns and rows of a block and returns the number of its first column; whole segments are taken or not. */
  function addBlock({ shape, rhs, sharedValue, cost, upper, value }: Block, isWhole: boolean): number {
    const rows: Term[][] = Array.from(rhs, () => [])
    const first = model.size()
    for (let j = 0; j < shape.columns; j++) {
      const room = Math.max(upper[j]!, 0) / unit
      const link = shape.linkOf[j]!
      const isBinary = isWhole && link >= 0
      const size = isBinary ? room : 1
      const column = model.column(0, isBinary ? Number(room > 0) : room, cost[j]! * unit * size, isBinary)
      for (let n = shape.start[j]!; n < shape.start[j + 1]!; n++) {
        if (value[n] !== 0) rows[shape.rowOf[n]!]!.push([column, value[n]! * size])
      }
      if (link >= 0) links[link]!.push([column, shape.linkSign[j]! * size])
    }
    rows.forEach((terms, k) => {
      if (shape.sharedOf[k]! >= 0) terms.push([shared[shape.sharedOf[k]!]!, sharedValue[k]! / unit])
      model.row(rhs[k]! / unit, rhs[k]! / unit, terms)
    })
    return first
  }

  /** A block takes the segment above its base only after the one below. */
  function addWhole(row: number): Whole {
    const own = emptyBlock(plain)
    addDer(plain, own, sourcesOf(problem)(row))
    const first = addBlock(own, true)
    for (let t = 0; t < steps; t++) {
      const low = first + t * plain.columnsPerStep
      if (own.upper[low - first]! > 0) {
        model.row(-Infinity, 0, [
          [low + 1, 1],
          [low, -1],
        ])
      }
    }
    return { row, first }
  }
}

type Whole = Readonly<{ row: number; first: number }>

/** The columns of a store below and above zero in one step, and how long they are. */
type Way = Readonly<{ cell: number; charge: readonly Room[]; discharge: readonly Room[] }>
type Room = Readonly<{ column: number; length: number }>

function waysOf({ steps, base }: Problem, { members, layout, block }: Group, first: number): readonly Way[] {
  const [row] = members
  return Array.from({ length: steps }, (_, t) => {
    const cell = row! * steps + t
    const at = t * layout.columnsPerStep
    const rooms = [at, at + 1, at + 2].map((j) => ({ column: first + j, length: Math.max(block.upper[j]!, 0) / unit }))
    const charging = base[cell]! < 0 ? 2 : 1
    return { cell, charge: rooms.slice(0, charging), discharge: rooms.slice(charging) }
  })
}

function isBothWays({ charge, discharge }: Way, values: Float64Array): boolean {
  const charged = charge.reduce((sum, { column, length }) => sum + length - values[column]!, 0)
  const discharged = discharge.reduce((sum, { column }) => sum + values[column]!, 0)
  return Math.min(charged, discharged) > 1e-6
}

function addOneWay(model: LinearModel, { charge, discharge }: Way): void {
  const terms = (rooms: readonly Room[]): Term[] => rooms.map(({ column }) => [column, 1])
  const total = (rooms: readonly Room[]) => rooms.reduce((sum, { length }) => sum + length, 0)
  const isOut = model.column(0, 1, 0, true)
  model.row(-Infinity, 0, [...terms(discharge), [isOut, -total(discharge)]])
  model.row(0, Infinity, [...terms(charge), [isOut, -total(charge)]])
}

function takeGroup(problem: Problem, plan: Plan, { members, layout, block }: Group, values: Float64Array): void {
  const { steps } = problem
  const { segments, columnsPerStep, kind } = layout
  for (const row of members) {
    for (let t = 0, at = 0; t < steps; t++, at += columnsPerStep) {
      const cell = row * steps + t
      const partOf = (j: number) => (block.upper[j]! > 0 ? (values[j]! * unit) / block.upper[j]! : 0)
      if (kind.hasStore || kind.hasRamp) for (let n = 0; n < segments; n++) plan[cell]! += values[at + n]! * unit
      else take(problem, plan, cell, { low: partOf(at), high: partOf(at + 1) })
    }
  }
}

function takeBands(problem: Problem, plan: Plan, { simple, down, up }: FleetProgram, values: Float64Array): void {
  const { steps } = problem
  const partOf = (room: Float64Array, place: number, first: number) =>
    room[place]! > 0 ? (values[first + place]! * unit) / room[place]! : 0
  for (let n = 0; n < down.bandOf.length; n++) {
    for (let t = 0; t < steps; t++) {
      take(problem, plan, simple[n]! * steps + t, {
        low: partOf(down.room, down.bandOf[n]! * steps + t, 0),
        high: partOf(up.room, up.bandOf[n]! * steps + t, down.room.length),
      })
    }
  }
}

/** Takes so much of the room below the base, and above it. */
function take(
  { base, min, max }: Problem,
  plan: Plan,
  cell: number,
  part: Readonly<{ low: number; high: number }>,
): void {
  plan[cell]! += part.low * (base[cell]! - min[cell]!) + part.high * (max[cell]! - base[cell]!)
}
