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
  // what sales and purchases tendered so far may still take away and add, from their interval on
  let [taken, added] = [0, 0]
  return wantedWh.map((wanted, at) => {
    const committed = committedWh[at] ?? 0
    const ahead = path.slice(at)
    const delta = stored(committed + wanted) - stored(committed)
    if (delta < 0) {
      const room = Math.max(0, Math.min(...ahead) - taken - reserveWh)
      const cut = Math.min(-delta, room)
      taken += cut
      return unstored(stored(committed) - cut, efficiency) - committed
    }
    const room = Math.max(0, capacityWh - Math.max(...ahead) - added)
    const cut = Math.min(delta, room)
    added += cut
    return unstored(stored(committed) + cut, efficiency) - committed
  })
}

function unstored(wattHours: number, efficiency: number): number {
  return wattHours > 0 ? wattHours / efficiency : wattHours
}
