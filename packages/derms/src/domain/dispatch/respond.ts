// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { limiter, storedBy } from './limits.ts'
import type { Plan } from './plan.ts'
import type { Problem, Storage } from './problem.ts'

/**
 * The best answer of one DER to what is wanted of it: for each step the change from its base, W, of which it gives as much
 * as its bounds, ramp and energy allow. Where energy does not last, the highest wants are served and the rest is shaved
 * to one level, so that what remains for others is as flat as can be; or it gives all `inTime`, until it has no more.
 */
export type Respond = (row: number, wanted: Float64Array, how?: 'shaved' | 'inTime') => void

/** Writes answers into the rows of a plan; scratch space is made once. */
export function responder(problem: Problem, plan: Plan): Respond {
  const { steps, base, min, max, block, storage, ramp } = problem
  const change = new Float64Array(steps)
  const shaved = { up: new Float64Array(steps), down: new Float64Array(steps) }
  const walk = walker(problem, plan)

  return (row, wanted, how = 'shaved') => {
    if (block[row]) return wholeSteps(problem, plan, row, wanted)
    const store = storage[row]
    shaved.up.fill(0)
    shaved.down.fill(0)
    clamp(row, wanted)
    if (!store) return ramp[row] === Infinity ? copyRow(row) : void walk(row, change, undefined)
    const clipped = walk(row, change, store)
    if (how === 'inTime') return
    if (clipped & ranEmpty) shave(shaved.up, 0, steps, mostOf(wanted, 1), ranEmpty)
    const full = clipped & ranEmpty ? firstFull(row) : steps
    if (full < steps) {
      // what is left when it is full could have been given before, and is not missed after
      shave(shaved.up, full, steps, shaved.up[full]!, ranEmpty)
      shave(shaved.up, 0, full, shaved.up[0]!, ranEmpty)
    }
    if (clipped & ranFull) shave(shaved.down, 0, steps, mostOf(wanted, -1), ranFull)

    /** Finds the least level for some steps at which the energy lasts, by bisection; the last one tried lasts. */
    function shave(levels: Float64Array, from: number, until: number, most: number, flag: number): void {
      let [low, high] = [0, most]
      for (let halving = 0; halving < 22; halving++) {
        const middle = (low + high) / 2
        if (lasts(middle)) high = middle
        else low = middle
      }
      lasts(high)

      function lasts(level: number): boolean {
        levels.fill(level, from, until)
        clamp(row, wanted)
        return (walk(row, change, store) & flag) === 0
      }
    }
  }

  function clamp(row: number, wanted: Float64Array): void {
    for (let t = 0, cell = row * steps; t < steps; t++, cell++) {
      const want = wanted[t]!
      const left = want > 0 ? Math.max(want - shaved.up[t]!, 0) : Math.min(want + shaved.down[t]!, 0)
      change[t] = Math.min(Math.max(left, min[cell]! - base[cell]!), max[cell]! - base[cell]!)
    }
  }

  function copyRow(row: number): void {
    for (let t = 0, cell = row * steps; t < steps; t++, cell++) plan[cell] = base[cell]! + change[t]!
  }

  /** The first step in which the walk took in less than it should have; the number of steps if there is none. */
  function firstFull(row: number): number {
    for (let t = 0, cell = row * steps; t < steps; t++, cell++) {
      if (plan[cell]! > base[cell]! + change[t]! + 1e-6) return t
    }
    return steps
  }
}

const ranEmpty = 1
const ranFull = 2

function mostOf(wanted: Float64Array, sign: 1 | -1): number {
  let most = 0
  for (const want of wanted) most = Math.max(most, sign * want)
  return most
}

/**
 * Walks one row through time: power within ramp and bounds, energy within the store; says whether the store ran empty or
 * full. One that does stops at once, however slowly it ramps.
 */
function walker(problem: Problem, plan: Plan) {
  const { steps, stepHours, base, now } = problem
  const limitsOf = limiter(problem)
  return (row: number, change: Float64Array, store: Storage | undefined): number => {
    const { least, most, ramp, floor, ceiling } = limitsOf(row)
    let clipped = 0
    let before = now[row]!
    let energy = store?.energyWh ?? 0
    for (let t = 0, cell = row * steps; t < steps; t++, cell++) {
      let power = base[cell]! + change[t]!
      power = Math.min(Math.max(power, before - ramp[t]!), before + ramp[t]!)
      power = Math.min(Math.max(power, least[t]!), most[t]!)
      if (store) {
        const emptying = powerTo(floor[t]! - energy, store)
        const filling = powerTo(ceiling[t]! - energy, store)
        if (power > emptying + 1e-9) clipped |= ranEmpty
        if (power < filling - 1e-9) clipped |= ranFull
        power = Math.max(Math.min(power, emptying), filling)
        power = Math.min(Math.max(power, least[t]!), most[t]!)
        energy += storedBy(power, store, stepHours)
      }
      plan[cell] = power
      before = power
    }
    return clipped
  }

  /** The power that changes the energy by so much in one step. */
  function powerTo(difference: number, { chargeEfficiency, dischargeEfficiency }: Storage): number {
    return difference < 0
      ? (-difference * dischargeEfficiency) / stepHours
      : -difference / (chargeEfficiency * stepHours)
  }
}

/** A block moves only where the want is as large as it: what it would overshoot is left to others. */
function wholeSteps({ steps, base, min, max }: Problem, plan: Plan, row: number, wanted: Float64Array): void {
  for (let t = 0, cell = row * steps; t < steps; t++, cell++) {
    const want = wanted[t]!
    const up = max[cell]! - base[cell]!
    const down = min[cell]! - base[cell]!
    const step = want > 0 ? (up > 0 && up <= want ? up : 0) : down < 0 && down >= want ? down : 0
    plan[cell] = base[cell]! + step
  }
}
