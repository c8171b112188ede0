// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Turn } from './filling.ts'
import type { Plan } from './plan.ts'
import type { Problem, Storage } from './problem.ts'

/** What those give, step by step, who are dearer than a store that prepares for it and loses some on the way. */
export type Dearer = Readonly<{
  than(row: number, store: Storage, into: Float64Array): void
  relieve(step: number, watts: number): void
}>

const bands = 64

/** Looks at what all give in a direction. */
export function dearerOf(problem: Problem, plan: Plan, { order, direction }: Turn): Dearer {
  const { steps, base, upPrice, downPrice } = problem
  const size = Math.max(Math.ceil(order.length / bands), 1)
  const given = new Float64Array(bands * steps)
  order.forEach((row, place) => {
    const band = Math.floor(place / size)
    for (let t = 0; t < steps; t++) {
      given[band * steps + t]! += Math.max(direction * (plan[row * steps + t]! - base[row * steps + t]!), 0)
    }
  })
  const price = direction > 0 ? upPrice : downPrice
  const cheapest = Float64Array.from({ length: bands }, (_, band) => price[order[band * size] ?? -1] ?? Infinity)
  return {
    than(row, { chargeEfficiency, dischargeEfficiency }, into) {
      const roundTrip = chargeEfficiency * dischargeEfficiency
      const [up, down] = [upPrice[row]!, downPrice[row]!]
      const own = direction > 0 ? up + down / roundTrip : down + up * roundTrip
      into.fill(0)
      for (let band = bands - 1; band >= 0 && cheapest[band]! > own; band--) {
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
