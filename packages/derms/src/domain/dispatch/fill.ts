// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { sumOf, type Plan } from './plan.ts'
import type { Problem } from './problem.ts'
import { responder, type Respond } from './respond.ts'

/**
 * The fast allocation, near-linear in the number of DER: marginal-cost water filling. DER are asked in the order of their
 * price, each gives its best answer to what is still missing; blocks that are needed to close a gap come next, then the
 * dearest give back what is no longer needed. With equal shares all give the same part of what they can, in rounds.
 */
export function fill(problem: Problem): Plan {
  const plan = problem.base.slice()
  const state: State = { problem, plan, sum: sumOf(problem, plan), respond: responder(problem, plan) }
  const order = orderOf(problem, missing(state))
  if (problem.fairness === 'equal') shareEqually(state)
  ask(state, order)
  closeWithBlocks(state, order)
  const movable = order.filter((row) => !problem.block[row])
  ask(state, movable.toReversed())
  if (total(missing(state)) > 0) ask(state, movable)
  chargeAhead(state, movable)
  return plan
}

type State = Readonly<{ problem: Problem; plan: Plan; sum: Float64Array; respond: Respond }>

/** What is missing in each step: above zero more export, below zero less. */
function missing({ problem: { low, high }, sum }: State): Float64Array {
  return sum.map((power, t) => gap(power, low[t]!, high[t]!))
}

function gap(power: number, low: number, high: number): number {
  if (power < low) return low - power
  return power > high ? high - power : 0
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0)
}

/** Cheapest first, in the direction in which most is missing. */
function orderOf({ ids, upPrice, downPrice }: Problem, wanted: Float64Array): Uint32Array {
  const net = wanted.reduce((sum, value) => sum + value, 0)
  const price = net >= 0 ? upPrice : downPrice
  return Uint32Array.from(ids, (_, row) => row).toSorted((a, b) => price[a]! - price[b]! || a - b)
}

/** Asks one DER after the other: what it gave before is handed back, and it answers to what is then missing. */
function ask({ problem, plan, sum, respond }: State, order: Uint32Array): void {
  const { steps, base, low, high } = problem
  const wanted = new Float64Array(steps)
  for (const row of order) {
    const first = row * steps
    for (let t = 0; t < steps; t++) {
      sum[t]! -= plan[first + t]!
      wanted[t] = gap(sum[t]! + base[first + t]!, low[t]!, high[t]!)
    }
    respond(row, wanted)
    for (let t = 0; t < steps; t++) sum[t]! += plan[first + t]!
  }
}

/** Closes what is left with the smallest block that does, or with the largest ones until one does. */
function closeWithBlocks({ problem, plan, sum }: State, order: Uint32Array): void {
  const { steps, base, min, max, block, low, high } = problem
  const blocks = order.filter((row) => block[row])
  if (blocks.length === 0) return
  for (let t = 0; t < steps; t++) {
    const isIdle = (row: number) => plan[row * steps + t] === base[row * steps + t]
    const idle = new Set(blocks.filter(isIdle))
    for (;;) {
      const want = gap(sum[t]!, low[t]!, high[t]!)
      if (Math.abs(want) < 1e-9) break
      const room = (row: number) => (want > 0 ? max : min)[row * steps + t]! - base[row * steps + t]!
      const best = bestBlock(idle, want, room)
      if (best === undefined) break
      idle.delete(best)
      plan[best * steps + t]! += room(best)
      sum[t]! += room(best)
    }
  }
}

function bestBlock(idle: ReadonlySet<number>, want: number, room: (row: number) => number): number | undefined {
  let best: number | undefined
  for (const row of idle) {
    const size = Math.abs(room(row))
    if (size === 0) continue
    const held = best === undefined ? 0 : Math.abs(room(best))
    const covers = size >= Math.abs(want)
    const isBetter = covers ? held < Math.abs(want) || size < held : held < Math.abs(want) && size > held
    if (isBetter) best = row
  }
  return best
}

/** Stores that ran empty take in energy beforehand, in steps that have some to spare. */
function chargeAhead(state: State, order: Uint32Array): void {
  const { problem, plan, sum, respond } = state
  const { steps, storage, base, min, max, low, high } = problem
  const short = missing(state)
  if (!short.some((want) => want > 0)) return
  const wanted = new Float64Array(steps)
  for (const row of order) {
    const store = storage[row]
    if (!store) continue
    const first = row * steps
    let toStore = 0
    for (let t = steps - 1; t >= 0; t--) {
      const cell = first + t
      sum[t]! -= plan[cell]!
      const want = gap(sum[t]! + base[cell]!, low[t]!, high[t]!)
      wanted[t] = want
      if (want > 0) {
        const more = Math.min(want, max[cell]! - base[cell]!) - (plan[cell]! - base[cell]!)
        toStore += Math.max(more, 0) / store.dischargeEfficiency
        continue
      }
      const spare = Math.max(sum[t]! + base[cell]! - low[t]!, 0)
      const charge = Math.min(toStore / store.chargeEfficiency, spare, base[cell]! - min[cell]!)
      if (charge > 0 && want === 0) {
        wanted[t] = -charge
        toStore -= charge * store.chargeEfficiency
      }
    }
    respond(row, wanted)
    for (let t = 0; t < steps; t++) sum[t]! += plan[first + t]!
  }
}

const sharingRounds = 8

/** The same part of what each can still do, again for what the weaker ones leave. */
function shareEqually({ problem, plan, sum, respond }: State): void {
  const { ids, steps, base, min, max, low, high } = problem
  const wanted = new Float64Array(steps)
  const part = new Float64Array(steps)
  const room = new Float64Array(steps)
  for (let round = 0; round < sharingRounds; round++) {
    room.fill(0)
    for (let t = 0; t < steps; t++) part[t] = gap(sum[t]!, low[t]!, high[t]!)
    if (total(part) < 1e-6) return
    for (let row = 0, cell = 0; row < ids.length; row++) {
      for (let t = 0; t < steps; t++, cell++) room[t]! += (part[t]! > 0 ? max : min)[cell]! - plan[cell]!
    }
    for (let t = 0; t < steps; t++) part[t] = room[t] === 0 ? 0 : Math.min(part[t]! / room[t]!, 1) * Math.sign(part[t]!)
    for (let row = 0; row < ids.length; row++) {
      const first = row * steps
      for (let t = 0; t < steps; t++) {
        const cell = first + t
        const left = (part[t]! > 0 ? max : min)[cell]! - plan[cell]!
        wanted[t] = plan[cell]! - base[cell]! + Math.abs(part[t]!) * left
        sum[t]! -= plan[cell]!
      }
      respond(row, wanted)
      for (let t = 0; t < steps; t++) sum[t]! += plan[first + t]!
    }
  }
}
