export type Levels<T> = Readonly<{
  add: (rank: number, item: T) => void
  remove: (rank: number, item: T) => void
  lowestRank: () => number | undefined
  first: () => T | undefined
  isEmpty: () => boolean
  [Symbol.iterator]: () => Iterator<T>
}>

/** Items by ascending rank and, within a rank, in the order they came. */
export function createLevels<T>(): Levels<T> {
  const byRank = new Map<number, Set<T>>()
  // descending: the first to go stands at the end, where taking away is cheap
  const ranks: number[] = []

  function add(rank: number, item: T): void {
    const level = byRank.get(rank)
    if (level) {
      level.add(item)
      return
    }
    byRank.set(rank, new Set([item]))
    ranks.splice(indexOf(ranks, rank), 0, rank)
  }

  function remove(rank: number, item: T): void {
    const level = byRank.get(rank)
    if (!level?.delete(item) || level.size > 0) return
    byRank.delete(rank)
    ranks.splice(indexOf(ranks, rank), 1)
  }

  function* items(): Generator<T> {
    for (const rank of ranks.toReversed()) yield* byRank.get(rank) ?? []
  }

  return {
    add,
    remove,
    lowestRank: () => ranks.at(-1),
    first: () =>
      byRank
        .get(ranks.at(-1) ?? Number.NaN)
        ?.values()
        .next().value,
    isEmpty: () => ranks.length === 0,
    [Symbol.iterator]: items,
  }
}

/** Where a rank stands, or would stand, in the descending list. */
function indexOf(ranks: readonly number[], rank: number): number {
  let low = 0
  let high = ranks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranks[middle] ?? rank) > rank) low = middle + 1
    else high = middle
  }
  return low
}
