// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { limiter, storedBy } from './limits.ts'
import type { Plan } from './plan.ts'
import type { Problem, Storage } from './problem.ts'

/**
 * The best answer of one DER to what is wanted of it: for each step the change from its base, W, of which it gives as much
 * as its bounds, ramp and energy allow. Where energy does not last, the highest wants are served and the rest is shaved
 * to one level, so that what remains for others is as flat as can be.
 */
export type Respond = (row: number, wanted: Float64Array) => void

/** Writes answers into the rows of a plan; scratch space is made once. */
export function responder(problem: Problem, plan: Plan): Respond {
  const { steps, base, min, max, block, storage, ramp } = problem
  const change = new Float64Array(steps)
  const walk = walker(problem, plan)

  const clamp = (row: number, wanted: Float64Array, shaveUp: number, shaveDown: number): void => {
    for (let t = 0, cell = row * steps; t < steps; t++, cell++) {
      const want = wanted[t]!
      const shaved = want > 0 ? Math.max(want - shaveUp, 0) : Math.min(want + shaveDown, 0)
      change[t] = Math.min(Math.max(shaved, min[cell]! - base[cell]!), max[cell]! - base[cell]!)
    }
  }
  return (row, wanted) => {
    if (block[row]) return wholeSteps(problem, plan, row, wanted)
    clamp(row, wanted, 0, 0)
    const store = storage[row]
    if (!store) return ramp[row] === Infinity ? copyRow(row) : void walk(row, change, undefined)
    const clipped = walk(row, change, store)
    if (clipped === 0) return
    const shaveUp = clipped & ranEmpty ? levelOf(wanted, 1, (level) => reaches(level, 0, ranEmpty)) : 0
    if (clipped & ranFull) levelOf(wanted, -1, (level) => reaches(shaveUp, level, ranFull))
    else if (shaveUp > 0) reaches(shaveUp, 0, ranEmpty)

    function reaches(up: number, down: number, flag: number): boolean {
      clamp(row, wanted, up, down)
      return (walk(row, change, store) & flag) === 0
    }
  }

  function copyRow(row: number): void {
    for (let t = 0, cell = row * steps; t < steps; t++, cell++) plan[cell] = base[cell]! + change[t]!
  }
}

const ranEmpty = 1
const ranFull = 2

/** The least level at which the energy lasts, by bisection; the last one tried lasts. */
function levelOf(wanted: Float64Array, sign: 1 | -1, lasts: (level: number) => boolean): number {
  let low = 0
  let high = 0
  for (const want of wanted) high = Math.max(high, sign * want)
  for (let halving = 0; halving < 22; halving++) {
    const middle = (low + high) / 2
    if (lasts(middle)) high = middle
    else low = middle
  }
  lasts(high)
  return high
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
    if (store) holdFloor(floor, least, store)
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

  /** Raises the floor to what is needed in each step so that the floors after it can still be reached. */
  function holdFloor(floor: Float64Array, least: Float64Array, store: Storage): void {
    for (let t = steps - 2; t >= 0; t--) {
      const most = storedBy(Math.min(least[t + 1]!, 0), store, stepHours)
      floor[t] = Math.max(floor[t]!, floor[t + 1]! - most)
    }
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
