// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import type { Block } from './block-program.ts'
import { byPrice } from './by-price.ts'
import { addDer, clearBlock, emptyBlock, layoutOf } from './der-block.ts'
import { sourcesOf, unitOf } from './der-source.ts'
import type { Prices } from './improve.ts'
import { linkBlock } from './link-block.ts'
import type { Problem } from './problem.ts'

/**
 * No plan has an objective below this. By duality any prices of power and of the rows of each DER give a bound, and those of
 * the interior point one that is close. All-or-nothing DERs are taken as if they could stop halfway.
 */
export function lowerBound(problem: Problem, { groups, link, rows }: Prices): number {
  const { ids, steps, fairness, base, min, downPrice } = problem
  const hasShares = fairness === 'equal'
  const sharedRest = new Float64Array(hasShares ? steps : 0).fill(1)
  const source = sourcesOf(problem)
  const isTied = new Uint8Array(ids.length)
  let bound = 0
  const isPlain = ({ layout: { kind } }: Prices['groups'][number]) => !kind.hasStore && !kind.hasRamp
  for (const group of groups) {
    if (isPlain(group)) continue
    const { layout, members, firstRow } = group
    const scratch = emptyBlock(layout)
    const prices = rows.slice(firstRow, firstRow + layout.shape.rows)
    // what a member has in store is worth another price to it than to the group, but shares have one for all
    const shifts = layout.kind.hasStore && !hasShares && members.length > 1
    for (const row of members) {
      isTied[row] = 1
      clearBlock(scratch)
      addDer(layout, scratch, source(row))
      bound += shifts ? bestShift(scratch, prices) : worthOf(scratch, prices)
    }
  }
  const plain = layoutOf({ hasStore: false, hasRamp: false, hasShares }, steps)
  const plainAt = groups.find(isPlain)?.firstRow
  const plainPrices = plainAt === undefined ? new Float64Array(plain.shape.rows) : rows.subarray(plainAt)
  const scratch = emptyBlock(plain)
  for (let row = 0; row < ids.length; row++) {
    if (isTied[row]) continue
    clearBlock(scratch)
    addDer(plain, scratch, source(row))
    bound += worthOf(scratch, plainPrices)
  }
  const nobody = byPrice(problem, new Uint32Array(), 1, 1)
  const links = linkBlock(problem, undefined, nobody, nobody)
  bound += worthOf(links.block, new Float64Array())
  for (let t = 0; t < steps; t++) bound += links.rhs[t]! * link[t]!
  for (const rest of sharedRest) bound += Math.min(rest, 0)
  return Math.max(bound + costAtLeast({ ids, steps, base, min, downPrice }, unitOf(problem)), 0)

  /** What the columns of a block bring in at the best, at prices of its rows and of the links. */
  function worthOf({ shape, rhs, sharedValue, cost, upper, value }: Block, price: Float64Array): number {
    let worth = 0
    for (let k = 0; k < shape.rows; k++) {
      worth += rhs[k]! * price[k]!
      if (shape.sharedOf[k]! >= 0) sharedRest[shape.sharedOf[k]!]! -= sharedValue[k]! * price[k]!
    }
    for (let j = 0; j < shape.columns; j++) {
      let rest = cost[j]!
      for (let n = shape.start[j]!, end = shape.start[j + 1]!; n < end; n++) rest -= value[n]! * price[shape.rowOf[n]!]!
      if (shape.linkOf[j]! >= 0) rest -= shape.linkSign[j]! * link[shape.linkOf[j]!]!
      if (rest < 0) worth += rest * upper[j]!
    }
    return worth
  }

  /** The best worth with all prices of the rows moved alike, by golden section: it is concave in the shift. */
  function bestShift(block: Block, prices: Float64Array): number {
    const moved = new Float64Array(prices.length)
    const at = (shift: number) => {
      for (let k = 0; k < prices.length; k++) moved[k] = prices[k]! + shift
      return worthOf(block, moved)
    }
    const reach = link.reduce((most, price) => Math.max(most, Math.abs(price)), 0)
    let [from, to] = [-reach, reach]
    let [left, right] = [to - golden * (to - from), from + golden * (to - from)]
    let [leftWorth, rightWorth] = [at(left), at(right)]
    let best = at(0)
    for (let n = 0; n < 12; n++) {
      best = Math.max(best, leftWorth, rightWorth)
      if (leftWorth > rightWorth) {
        ;[to, right, rightWorth] = [right, left, leftWorth]
        left = to - golden * (to - from)
        leftWorth = at(left)
      } else {
        ;[from, left, leftWorth] = [left, right, rightWorth]
        right = from + golden * (to - from)
        rightWorth = at(right)
      }
    }
    return best
  }
}

const golden = (Math.sqrt(5) - 1) / 2

/** All columns are zero where everybody is at the least: that costs this much. */
export function costAtLeast(
  { ids, steps, base, min, downPrice }: Pick<Problem, 'ids' | 'steps' | 'base' | 'min' | 'downPrice'>,
  unit: number,
): number {
  let cost = 0
  for (let row = 0, cell = 0; row < ids.length; row++) {
    for (let t = 0; t < steps; t++, cell++) cost += downPrice[row]! * unit * (base[cell]! - min[cell]!)
  }
  return cost
}
