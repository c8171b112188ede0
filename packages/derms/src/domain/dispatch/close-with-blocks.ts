// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { gap, type Filling } from './filling.ts'

/** Closes what is left with the smallest block that does, or with the largest ones until one does. */
export function closeWithBlocks({ problem, plan, sum }: Filling, order: Uint32Array): void {
  const { steps, base, min, max, block, low, high } = problem
  const blocks = order.filter((row) => block[row])
  if (blocks.length === 0) return
  for (let t = 0; t < steps; t++) {
    const isIdle = (row: number) => plan[row * steps + t] === base[row * steps + t]
    const idle = new Set(blocks.filter(isIdle))
    for (;;) {
      const want = gap(sum[t]!, low[t]!, high[t]!)
      if (Math.abs(want) < 1e-9) break
      const room = (row: number) => (want > 0 ? max : min)[row * steps + t]! - base[row * steps + t]!
      const best = bestBlock(idle, want, room)
      if (best === undefined) break
      idle.delete(best)
      plan[best * steps + t]! += room(best)
      sum[t]! += room(best)
    }
  }
}

function bestBlock(idle: ReadonlySet<number>, want: number, room: (row: number) => number): number | undefined {
  let best: number | undefined
  for (const row of idle) {
    const size = Math.abs(room(row))
    if (size === 0) continue
    const held = best === undefined ? 0 : Math.abs(room(best))
    const covers = size >= Math.abs(want)
    const isBetter = covers ? held < Math.abs(want) || size < held : held < Math.abs(want) && size > held
    if (isBetter) best = row
  }
  return best
}
