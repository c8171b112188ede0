// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { unitOf } from './der-source.ts'
import type { Direction } from './filling.ts'
import type { Problem } from './problem.ts'

/** Rows of about one price as one: their room in each step and what a W of it costs, band by band. */
export type Bands = Readonly<{ bandOf: Int32Array; room: Float64Array; cost: Float64Array }>

/** Parts rows by their price in a direction, into so many bands at most of about as many rows each. */
export function byPrice(problem: Problem, rows: Uint32Array, direction: Direction, most: number): Bands {
  const { steps, base, min, max, upPrice, downPrice } = problem
  const price = direction > 0 ? upPrice : downPrice
  const edges = edgesOf(
    Float64Array.from(rows, (row) => price[row]!),
    most,
  )
  const bandOf = Int32Array.from(rows, (row) => lastUpTo(edges, price[row]!))
  const room = new Float64Array(edges.length * steps)
  const cost = new Float64Array(edges.length * steps)
  rows.forEach((row, n) => {
    for (let t = 0; t < steps; t++) {
      const cell = row * steps + t
      const place = bandOf[n]! * steps + t
      const own = direction > 0 ? max[cell]! - base[cell]! : base[cell]! - min[cell]!
      room[place]! += own
      cost[place]! += own * price[row]!
    }
  })
  const unit = unitOf(problem)
  return { bandOf, room, cost: cost.map((sum, place) => (room[place]! > 0 ? (unit * sum) / room[place]! : 0)) }
}

/** The lowest price of each band. */
function edgesOf(prices: Float64Array, most: number): Float64Array {
  const isNew = (price: number, n: number, all: Float64Array) => n === 0 || price > all[n - 1]!
  const sorted = prices.toSorted()
  const distinct = sorted.filter(isNew)
  if (distinct.length <= most) return distinct
  return Float64Array.from({ length: most }, (_, n) => sorted[Math.floor((n * sorted.length) / most)]!).filter(isNew)
}

function lastUpTo(edges: Float64Array, price: number): number {
  let [low, high] = [0, edges.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (edges[middle]! <= price) low = middle
    else high = middle - 1
  }
  return low
}
