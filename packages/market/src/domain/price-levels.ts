import type { RestingTender } from './resting-tender.ts'

/** The tenders of one price, in the order they came: a list through the tenders themselves. */
export type PriceLevel = { readonly rank: number; first: RestingTender | undefined; last: RestingTender | undefined }

/** One side of a book. Ranks rise with priority: the best level stands at the end, where adding and taking away is cheap. */
export function createPriceLevels() {
  const levels: PriceLevel[] = []

  function add(tender: RestingTender): void {
    const level = levelAt(tender.side === 'BUY' ? tender.price : -tender.price)
    tender.level = level
    tender.before = level.last
    if (level.last) level.last.after = tender
    else level.first = tender
    level.last = tender
  }

  function levelAt(rank: number): PriceLevel {
    const index = indexOf(levels, rank)
    const found = levels[index]
    if (found?.rank === rank) return found
    const level = { rank, first: undefined, last: undefined }
    if (index === levels.length) levels.push(level)
    else levels.splice(index, 0, level)
    return level
  }

  function remove(tender: RestingTender): void {
    const { level, before, after } = tender
    if (!level) return
    if (before) before.after = after
    else level.first = after
    if (after) after.before = before
    else level.last = before
    tender.level = tender.before = tender.after = undefined
    if (!level.first) drop(level)
  }

  function drop(level: PriceLevel): void {
    if (levels.at(-1) === level) levels.pop()
    else levels.splice(indexOf(levels, level.rank), 1)
  }

  return {
    add,
    remove,
    best: (): RestingTender | undefined => levels[levels.length - 1]?.first,
    isEmpty: (): boolean => levels.length === 0,
    /** In priority order; nothing may be added or taken away meanwhile. */
    *[Symbol.iterator](): Generator<RestingTender> {
      for (let index = levels.length - 1; index >= 0; index -= 1) {
        for (let tender = levels[index]?.first; tender; tender = tender.after) yield tender
      }
    },
  }
}

export type PriceLevels = ReturnType<typeof createPriceLevels>

/** Where a rank stands, or would stand, in the rising list. */
function indexOf(levels: readonly PriceLevel[], rank: number): number {
  let low = 0
  let high = levels.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((levels[middle]?.rank ?? rank) < rank) low = middle + 1
    else high = middle
  }
  return low
}
