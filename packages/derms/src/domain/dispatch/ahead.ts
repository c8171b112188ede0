// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Dearer } from './dearer.ts'
import { gap, missing, type Direction, type Filling, type Turn } from './filling.ts'
import type { Storage } from './problem.ts'

/** How stores prepare. */
export type Preparing = Readonly<{
  /** Also for what others give to whom it costs more. */
  dearer?: Dearer | undefined
  /** Also in place of others who now move the way in which stores prepare. */
  standsIn: boolean
}>

/**
 * Stores that could not give all that is wanted in a direction prepare for it, in steps that bear it: they charge ahead of a
 * peak, or discharge ahead of a surplus. Afterwards all must be asked again, to give back what stores have taken over.
 */
export function ahead(state: Filling, { order, direction }: Turn, { dearer, standsIn }: Preparing): void {
  const { problem, plan, sum, respond } = state
  const { steps, storage, base, min, max, low, high } = problem
  if (!dearer && !missing(state).some((want) => want * direction > 0)) return
  const wanted = new Float64Array(steps)
  const relief = new Float64Array(steps)
  const spare = new Float64Array(steps)
  const inPlace = standsIn ? takenByOthers(state, direction) : new Float64Array(steps)
  // from here on giving is export or its opposite, and taking prepares for it
  const mostGiven = (cell: number) => (direction > 0 ? max[cell]! - base[cell]! : base[cell]! - min[cell]!)
  const mostTaken = (cell: number) => (direction > 0 ? base[cell]! - min[cell]! : max[cell]! - base[cell]!)
  const shortOf = (t: number, power: number) => direction * gap(power, low[t]!, high[t]!)
  const slackOf = (t: number, power: number) => Math.max(direction > 0 ? power - low[t]! : high[t]! - power, 0)

  for (const row of order) {
    const store = storage[row]
    if (!store) continue
    dearer?.than(row, store, relief)
    wish(row, store)
    respond(row, wanted)
    book(row)
  }

  /** Backwards from what a store could not give to the latest steps in which it can prepare for it. */
  function wish(row: number, store: Storage): void {
    const { used, gained } = energyOf(store, direction)
    let toPrepare = 0
    spare.fill(0)
    for (let t = steps - 1; t >= 0; t--) {
      const cell = row * steps + t
      const given = direction * (plan[cell]! - base[cell]!)
      sum[t]! -= plan[cell]!
      const without = sum[t]! + base[cell]!
      const short = shortOf(t, without)
      const want = Math.max(short, 0) + relief[t]!
      wanted[t] = want > 0 ? want : short
      if (want > 0) toPrepare += Math.max(Math.min(want, mostGiven(cell)) - given, 0) * used
      else spare[t] = Math.min(slackOf(t, without) + inPlace[t]!, mostTaken(cell) + short)
      toPrepare -= take(t, toPrepare / gained) * gained
    }
    // what must be held at the end may be charged after the peak as well
    const late = direction > 0 && store.finalWh !== undefined ? steps : 0
    for (let t = 0; t < late; t++) toPrepare -= take(t, toPrepare / gained) * gained
    for (let t = 0; t < steps; t++) wanted[t]! *= direction
  }

  function take(t: number, most: number): number {
    const taken = Math.max(Math.min(most, spare[t]!), 0)
    spare[t]! -= taken
    wanted[t]! -= taken
    return taken
  }

  /** Counts what others will give back as if they had. */
  function book(row: number): void {
    for (let t = 0; t < steps; t++) {
      const cell = row * steps + t
      const without = sum[t]! + base[cell]!
      const short = shortOf(t, without)
      const given = direction * (plan[cell]! - base[cell]!)
      const relieved = Math.max(Math.min(given - Math.max(short, 0), relief[t]!), 0)
      const replaced = Math.max(Math.min(Math.min(short, 0) - given - slackOf(t, without), inPlace[t]!), 0)
      sum[t]! += plan[cell]! + direction * (replaced - relieved)
      dearer?.relieve(t, relieved)
      inPlace[t]! -= replaced
    }
  }
}

/** Wh of charge, or of room for it, that a Wh given uses and a Wh taken gains. */
function energyOf({ chargeEfficiency, dischargeEfficiency }: Storage, direction: Direction) {
  if (direction > 0) return { used: 1 / dischargeEfficiency, gained: chargeEfficiency }
  return { used: chargeEfficiency, gained: 1 / dischargeEfficiency }
}

/** What those who are no stores now move the other way, step by step. */
function takenByOthers({ problem, plan }: Filling, direction: Direction): Float64Array {
  const { ids, steps, base, block, storage } = problem
  const taken = new Float64Array(steps)
  for (let row = 0, cell = 0; row < ids.length; row++) {
    const counts = !storage[row] && !block[row]
    for (let t = 0; t < steps; t++, cell++) {
      if (counts) taken[t]! += Math.max(direction * (base[cell]! - plan[cell]!), 0)
    }
  }
  return taken
}
