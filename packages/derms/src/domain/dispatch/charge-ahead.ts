// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Dearer } from './dearer.ts'
import { gap, missing, type Filling } from './filling.ts'

/** Stores that ran empty take in energy beforehand, in steps that have some to spare; with `dearer` also for what others give. */
export function chargeAhead(state: Filling, order: Uint32Array, dearer: Dearer | undefined): void {
  const { problem, plan, sum, respond } = state
  const { steps, storage, base, min, max, low, high } = problem
  if (!dearer && !missing(state).some((want) => want > 0)) return
  const wanted = new Float64Array(steps)
  const relief = new Float64Array(steps)
  const spare = new Float64Array(steps)
  for (const row of order) {
    const store = storage[row]
    if (!store) continue
    const first = row * steps
    dearer?.than(row, store, relief)
    let toStore = 0
    spare.fill(0)
    for (let t = steps - 1; t >= 0; t--) {
      const cell = first + t
      const given = plan[cell]! - base[cell]!
      sum[t]! -= plan[cell]!
      const short = gap(sum[t]! + base[cell]!, low[t]!, high[t]!)
      const want = Math.max(short, 0) + relief[t]!
      wanted[t] = want > 0 ? want : short
      if (want > 0) {
        const more = Math.min(want, max[cell]! - base[cell]!) - given
        toStore += Math.max(more, 0) / store.dischargeEfficiency
        continue
      }
      if (short === 0) spare[t] = Math.min(Math.max(sum[t]! + base[cell]! - low[t]!, 0), base[cell]! - min[cell]!)
      const charge = Math.min(toStore / store.chargeEfficiency, spare[t]!)
      if (charge > 0) wanted[t] = -charge
      toStore -= charge * store.chargeEfficiency
    }
    // what must be held at the end may be charged after the peak as well
    for (let t = 0; t < steps && toStore > 0 && store.finalWh !== undefined; t++) {
      const charge = Math.min(toStore / store.chargeEfficiency, spare[t]! + Math.min(wanted[t]!, 0))
      if (charge <= 0) continue
      wanted[t]! -= charge
      toStore -= charge * store.chargeEfficiency
    }
    respond(row, wanted)
    for (let t = 0; t < steps; t++) {
      const short = Math.max(gap(sum[t]! + base[first + t]!, low[t]!, high[t]!), 0)
      sum[t]! += plan[first + t]!
      const relieved = Math.min(plan[first + t]! - base[first + t]! - short, relief[t]!)
      if (dearer && relieved > 0) {
        dearer.relieve(t, relieved)
        sum[t]! -= relieved // the dearest will give it back
      }
    }
  }
}
