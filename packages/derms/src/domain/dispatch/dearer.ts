// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Plan } from './plan.ts'
import type { Problem, Storage } from './problem.ts'

/** What those give, step by step, who are dearer than a store that charges ahead and loses some on the way. */
export type Dearer = Readonly<{
  than(row: number, store: Storage, into: Float64Array): void
  relieve(step: number, watts: number): void
}>

const bands = 64

export function dearerOf({ steps, base, upPrice, downPrice }: Problem, plan: Plan, order: Uint32Array): Dearer {
  const size = Math.max(Math.ceil(order.length / bands), 1)
  const given = new Float64Array(bands * steps)
  order.forEach((row, place) => {
    const band = Math.floor(place / size)
    for (let t = 0; t < steps; t++) {
      given[band * steps + t]! += Math.max(plan[row * steps + t]! - base[row * steps + t]!, 0)
    }
  })
  const cheapest = Float64Array.from({ length: bands }, (_, band) => upPrice[order[band * size] ?? -1] ?? Infinity)
  return {
    than(row, { chargeEfficiency, dischargeEfficiency }, into) {
      const price = upPrice[row]! + downPrice[row]! / (chargeEfficiency * dischargeEfficiency)
      into.fill(0)
      for (let band = bands - 1; band >= 0 && cheapest[band]! > price; band--) {
        for (let t = 0; t < steps; t++) into[t]! += given[band * steps + t]!
      }
    },
    relieve(step, watts) {
      let left = watts
      for (let band = bands - 1; band >= 0 && left > 0; band--) {
        const taken = Math.min(given[band * steps + step]!, left)
        given[band * steps + step]! -= taken
        left -= taken
      }
    },
  }
}
