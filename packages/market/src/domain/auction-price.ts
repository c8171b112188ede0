import { addExact } from './exact.ts'
import type { Offer } from './tender.ts'

type Tenders = readonly Offer[]

export type Crossing = Readonly<{ volume: number; price: number; low: number; high: number }>

/** The volume that two sides in priority order can trade and the one price that suits it; undefined when none crosses. */
export function crossingOf(bids: Tenders, asks: Tenders, tickSize: number): Crossing | undefined {
  const walk = { bid: 0, ask: 0, bidLeft: bids[0]?.remaining ?? 0, askLeft: asks[0]?.remaining ?? 0 }
  let [volume, lastBid, lastAsk] = [0, 0, 0]
  for (;;) {
    const [bid, ask] = [bids[walk.bid], asks[walk.ask]]
    if (!bid || !ask || bid.price < ask.price) break
    const quantity = Math.min(walk.bidLeft, walk.askLeft)
    volume = addExact(volume, quantity)
    ;[lastBid, lastAsk] = [bid.price, ask.price]
    walk.bidLeft -= quantity
    walk.askLeft -= quantity
    if (walk.bidLeft === 0) walk.bidLeft = bids[++walk.bid]?.remaining ?? 0
    if (walk.askLeft === 0) walk.askLeft = asks[++walk.ask]?.remaining ?? 0
  }
  if (volume === 0) return undefined
  // where the walk stopped stands the best tender of each side that is not wholly filled
  const low = Math.max(lastAsk, bids[walk.bid]?.price ?? -Infinity)
  const high = Math.min(lastBid, asks[walk.ask]?.price ?? Infinity)
  return { volume, price: middleOf(low, high, tickSize), low, high }
}

/** The middle, down to a multiple of the tick, towards minus infinity; the sum of two prices can exceed 2^53. */
function middleOf(low: number, high: number, tickSize: number): number {
  const [sum, step] = [BigInt(low) + BigInt(high), 2n * BigInt(tickSize)]
  const ticks = sum / step - (sum % step < 0n ? 1n : 0n)
  return Number(ticks * BigInt(tickSize))
}
