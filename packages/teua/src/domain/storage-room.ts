import type { StorageSpec } from './storage-value.ts'

/** Energy of an interval in Wh, into the storage's premises above zero. */
export type StoragePlan = Readonly<{ committedWh: readonly number[]; wantedWh: readonly number[] }>

/**
 * Cuts what is wanted beyond the commitments so that whatever part of it trades, no prefix of the intervals overfills the
 * storage or empties it below its reserve (§9): sales count as if no purchase would trade, and purchases as if no sale would.
 */
export function withinRoom(
  { committedWh, wantedWh }: StoragePlan,
  chargeWh: number,
  { capacityWh, reserveWh, efficiency }: StorageSpec,
): number[] {
  const stored = (wattHours: number): number => (wattHours > 0 ? wattHours * efficiency : wattHours)
  const path: number[] = []
  let charge = chargeWh
  for (const wattHours of committedWh) path.push((charge += stored(wattHours)))
  const lows = fromBehind(path, Math.min)
  const highs = fromBehind(path, Math.max)
  // what sales and purchases tendered so far may still take away and add, from their interval on
  let [taken, added] = [0, 0]
  return wantedWh.map((wanted, at) => {
    const committed = committedWh[at] ?? 0
    const delta = stored(committed + wanted) - stored(committed)
    if (delta < 0) {
      const cut = Math.min(-delta, Math.max(0, (lows[at] ?? charge) - taken - reserveWh))
      taken += cut
      return unstored(stored(committed) - cut, efficiency) - committed
    }
    const cut = Math.min(delta, Math.max(0, capacityWh - (highs[at] ?? charge) - added))
    added += cut
    return unstored(stored(committed) + cut, efficiency) - committed
  })
}

/** At each place the least, or the most, of what follows from there on. */
function fromBehind(path: readonly number[], pick: (a: number, b: number) => number): number[] {
  const found = [...path]
  for (let at = found.length - 2; at >= 0; at -= 1) found[at] = pick(found[at] ?? 0, found[at + 1] ?? 0)
  return found
}

function unstored(wattHours: number, efficiency: number): number {
  return wattHours > 0 ? wattHours / efficiency : wattHours
}
