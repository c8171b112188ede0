import type { RestingTender } from './resting-tender.ts'
import type { Side } from './tender.ts'

/** The tenders of one price, in the order they came: a list through the tenders themselves. */
export type PriceLevel = { rank: number; first: RestingTender | undefined; last: RestingTender | undefined }

/**
 * One side of a book. Ranks rise with priority: the best level stands at the end. A level whose tenders are all gone stays until it is the best, or until a price beside
 * it needs a level: prices that come and go move nothing.
 */
export type PriceLevels = Readonly<{
  levels: PriceLevel[]
  /** The ranks of the levels once more, side by side: a search looks at nothing else. */
  ranks: number[]
}>

export function createPriceLevels(): PriceLevels {
  return { levels: [], ranks: [] }
}

/** Highest for the best price of a side. */
export function rankOf(side: Side, price: number): number {
  return side === 'BUY' ? price : 0 - price // not -price: a negative zero is no small integer
}

export function addTo(side: PriceLevels, rank: number, resting: RestingTender): void {
  const level = levelAt(side, rank)
  resting.level = level
  resting.before = level.last
  if (level.last) level.last.after = resting
  else level.first = resting
  level.last = resting
}

function levelAt({ levels, ranks }: PriceLevels, rank: number): PriceLevel {
  const index = indexOf(ranks, rank)
  const above = levels[index]
  if (above?.rank === rank) return above
  const idle = above && !above.first ? index : index - 1
  const level = idle < 0 ? undefined : levels[idle]
  if (level && !level.first) {
    ranks[idle] = level.rank = rank
    return level
  }
  return insert({ levels, ranks }, index, rank)
}

function insert({ levels, ranks }: PriceLevels, index: number, rank: number): PriceLevel {
  const level = { rank, first: undefined, last: undefined }
  levels.splice(index, 0, level)
  ranks.splice(index, 0, rank)
  return level
}

export function takeAway(resting: RestingTender): void {
  const { level, before, after } = resting
  if (!level) return
  if (before) before.after = after
  else level.first = after
  if (after) after.before = before
  else level.last = before
  resting.level = resting.before = resting.after = undefined
}

/** The level that is met first; undefined when nothing is open. */
export function bestOf({ levels, ranks }: PriceLevels): PriceLevel | undefined {
  for (let last = levels.length - 1; last >= 0; last -= 1) {
    const level = levels[last]
    if (level?.first) return level
    levels.pop()
    ranks.pop()
  }
  return undefined
}

/** In priority order; nothing may be added or taken away meanwhile. */
export function* inPriority({ levels }: PriceLevels): Generator<RestingTender> {
  for (let index = levels.length - 1; index >= 0; index -= 1) {
    for (let resting = levels[index]?.first; resting; resting = resting.after) yield resting
  }
}

/** Where a rank stands, or would stand, in the rising list. */
function indexOf(ranks: readonly number[], rank: number): number {
  let low = 0
  let high = ranks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranks[middle] ?? rank) < rank) low = middle + 1
    else high = middle
  }
  return low
}
