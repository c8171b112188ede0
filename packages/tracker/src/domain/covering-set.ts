import { byId, sum } from './order.ts'

export type FixedUnit = Readonly<{ id: string; usable: number }>

const exactUpTo = 20

/** The fixed units to start (§3): the smallest sum that covers the need, then the fewest, then by id; all when none covers. */
export function coveringSet<T extends FixedUnit>(units: readonly T[], need: number): readonly T[] {
  const sorted = units.toSorted(byId)
  if (sum(sorted, ({ usable }) => usable) < need) return sorted
  return sorted.length > exactUpTo ? largeCoveringSet(sorted, need) : smallestCoveringSet(sorted, need)
}

function smallestCoveringSet<T extends FixedUnit>(units: readonly T[], need: number): readonly T[] {
  const totals = new Float64Array(2 ** units.length)
  let best = totals.length - 1
  for (let mask = 1; mask < totals.length; mask++) {
    const lowest = units[31 - Math.clz32(mask & -mask)]
    totals[mask] = (totals[mask & (mask - 1)] ?? 0) + (lowest?.usable ?? 0)
  }
  for (let mask = 1; mask < totals.length; mask++) {
    const total = totals[mask] ?? 0
    const surplus = total - (totals[best] ?? 0)
    if (total >= need && (surplus < 0 || (surplus === 0 && isPreferred(mask, best)))) best = mask
  }
  return units.filter((_, index) => best & (1 << index))
}

/** Of two sets with the same sum: fewer units, then the one whose ids come first. */
function isPreferred(mask: number, other: number): boolean {
  const fewer = unitsIn(mask) - unitsIn(other)
  const differing = mask ^ other
  return fewer < 0 || (fewer === 0 && (mask & differing & -differing) !== 0)
}

function unitsIn(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Again and again the smallest unit that covers the rest, else the largest. */
function largeCoveringSet<T extends FixedUnit>(units: readonly T[], need: number): readonly T[] {
  const ascending = units.toSorted((a, b) => a.usable - b.usable || byId(a, b))
  const descending = units.toSorted((a, b) => b.usable - a.usable || byId(a, b))
  const chosen: T[] = []
  for (const largest of descending) {
    const rest = need - sum(chosen, ({ usable }) => usable)
    const covering = ascending.find((unit) => unit.usable >= rest && !chosen.includes(unit))
    chosen.push(covering ?? largest)
    if (covering) break
  }
  return chosen
}
