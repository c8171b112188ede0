// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Problem, Storage } from './problem.ts'

/** What one DER can do, step by step: W and Wh after the step. */
export type Limits = Readonly<{
  least: Float64Array
  most: Float64Array
  /** Greatest change into a step. */
  ramp: Float64Array
  floor: Float64Array
  ceiling: Float64Array
}>

/**
 * The limits of a row, made so that some plan is always within them. What a DER does of itself it can do: its ramp is no
 * less than the way of its base, and a bound that is too narrow for the ramp is met in time. Energy gives way where no
 * power within the bounds would hold it, and what must be held at the end is no more than can be charged. The arrays are
 * used again for the next row.
 */
export function limiter(problem: Problem): (row: number) => Limits {
  const { steps, base, min, max, now, storage } = problem
  const column = () => new Float64Array(steps)
  const limits = { least: column(), most: column(), ramp: column(), floor: column(), ceiling: column() }
  const { least, most, ramp } = limits
  return (row) => {
    const first = row * steps
    for (let t = 0; t < steps; t++) {
      least[t] = min[first + t]!
      most[t] = max[first + t]!
      const before = t === 0 ? now[row]! : base[first + t - 1]!
      ramp[t] = Math.max(problem.ramp[row]!, Math.abs(base[first + t]! - before))
    }
    for (let t = steps - 2; t >= 0; t--) {
      least[t] = Math.max(least[t]!, least[t + 1]! - ramp[t + 1]!)
      most[t] = Math.min(most[t]!, most[t + 1]! + ramp[t + 1]!)
    }
    const store = storage[row]
    if (store) limitEnergy(limits, store, { now: now[row]!, stepHours: problem.stepHours })
    return limits
  }
}

type Start = Readonly<{ now: number; stepHours: number }>

/** Follows the fullest and the emptiest store that its powers allow. */
function limitEnergy(limits: Limits, store: Storage, { now, stepHours }: Start): void {
  const { least, most, ramp, floor, ceiling } = limits
  const steps = least.length
  let [fullest, emptiest] = [store.energyWh, store.energyWh]
  let [lowest, highest] = [now, now]
  for (let t = 0; t < steps; t++) {
    lowest = Math.max(least[t]!, lowest - ramp[t]!)
    highest = Math.min(most[t]!, highest + ramp[t]!)
    fullest += storedBy(lowest, store, stepHours)
    emptiest += storedBy(highest, store, stepHours)
    ceiling[t] = Math.max(store.capacityWh, emptiest)
    floor[t] = Math.min(store.minWh, fullest)
    fullest = Math.min(fullest, ceiling[t]!)
    emptiest = Math.max(emptiest, floor[t]!)
  }
  const last = steps - 1
  floor[last] = Math.max(floor[last]!, Math.min(store.finalWh ?? 0, fullest))
  // so that the limits after a step can still be kept
  for (let t = last - 1; t >= 0; t--) {
    floor[t] = Math.max(floor[t]!, floor[t + 1]! - storedBy(least[t + 1]!, store, stepHours))
    ceiling[t] = Math.min(ceiling[t]!, ceiling[t + 1]! - storedBy(most[t + 1]!, store, stepHours))
  }
}

/** Wh that a power adds to a store in one step. */
export function storedBy(power: number, { chargeEfficiency, dischargeEfficiency }: Storage, stepHours: number): number {
  return power > 0 ? (-power * stepHours) / dischargeEfficiency : -power * stepHours * chargeEfficiency
}
