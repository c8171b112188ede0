// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Block } from './block-program.ts'
import type { Bands } from './by-price.ts'
import type { Plan } from './plan.ts'
import type { Problem } from './problem.ts'

export type LinkBlock = Readonly<{ block: Block; rhs: Float64Array }>

/**
 * What is in the sum of each step but in no block of its own: bands of DERs by price, those below their base first, then what
 * is missed and the width of what is asked for. All-or-nothing DERs are where the plan has them, or anywhere without one.
 */
export function linkBlock(problem: Problem, plan: Plan | undefined, down: Bands, up: Bands): LinkBlock {
  const { steps, stepHours, low, high, shortfallPrice } = problem
  const { least, most } = rangesOf(problem, plan)
  const first = down.room.length + up.room.length
  const columns = first + 3 * steps
  const [cost, upper] = [new Float64Array(columns), new Float64Array(columns)]
  const linkSign = new Float64Array(columns).fill(1)
  const rhs = new Float64Array(steps)
  cost.set(down.cost.map((price) => -price))
  cost.set(up.cost, down.room.length)
  upper.set(down.room)
  upper.set(up.room, down.room.length)
  for (let t = 0; t < steps; t++) {
    const from = Math.min(high[t]!, Math.max(low[t]!, least[t]!))
    const to = Math.max(from, Math.min(high[t]!, most[t]!))
    const [short, over, within] = [first + t, first + steps + t, first + 2 * steps + t]
    rhs[t] = from - least[t]!
    upper[short] = Math.max(from - least[t]!, 0)
    upper[over] = Math.max(most[t]! - to, 0)
    upper[within] = to - from
    cost[short] = cost[over] = (shortfallPrice * stepHours) / 1000
    linkSign[over] = linkSign[within] = -1
  }
  return { rhs, block: blockOf({ cost, upper, linkSign, steps }) }
}

type Links = Readonly<{ cost: Float64Array; upper: Float64Array; linkSign: Float64Array; steps: number }>

/** A block without rows whose columns go through the steps again and again. */
function blockOf({ cost, upper, linkSign, steps }: Links): Block {
  const none = new Int32Array()
  const nothing = new Float64Array()
  const columns = cost.length
  const shape = {
    rows: 0,
    columns,
    band: 0,
    stepOf: none,
    sharedOf: none,
    linkOf: Int32Array.from({ length: columns }, (_, n) => n % steps),
    linkSign,
    start: new Int32Array(columns + 1),
    rowOf: none,
  }
  return { shape, rhs: nothing, sharedValue: nothing, cost, upper, value: nothing }
}

/** The least and the most that the sum of all can be, per step. */
function rangesOf({ ids, steps, min, max, block }: Problem, plan: Plan | undefined) {
  const [least, most] = [new Float64Array(steps), new Float64Array(steps)]
  for (let row = 0, cell = 0; row < ids.length; row++) {
    const isHeld = plan && block[row]
    for (let t = 0; t < steps; t++, cell++) {
      least[t]! += isHeld ? plan[cell]! : min[cell]!
      most[t]! += isHeld ? plan[cell]! : max[cell]!
    }
  }
  return { least, most }
}
