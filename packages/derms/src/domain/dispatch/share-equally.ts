// oxlint-disable typescript/no-non-null-assertion -- index arithmetic on typed arrays stays within their bounds
import { gap, total, type Filling } from './filling.ts'

const sharingRounds = 8

/** The same part of what each can still do, again for what the weaker ones leave. */
export function shareEqually({ problem, plan, sum, respond }: Filling, rows: Uint32Array): void {
  const { steps, base, min, max, low, high } = problem
  const wanted = new Float64Array(steps)
  const part = new Float64Array(steps)
  const room = new Float64Array(steps)
  for (let round = 0; round < sharingRounds; round++) {
    room.fill(0)
    for (let t = 0; t < steps; t++) part[t] = gap(sum[t]!, low[t]!, high[t]!)
    if (total(part) < 1e-6) return
    for (const row of rows) {
      for (let t = 0, cell = row * steps; t < steps; t++, cell++) {
        room[t]! += (part[t]! > 0 ? max : min)[cell]! - plan[cell]!
      }
    }
    for (let t = 0; t < steps; t++) part[t] = room[t] === 0 ? 0 : Math.min(part[t]! / room[t]!, 1) * Math.sign(part[t]!)
    for (const row of rows) {
      const first = row * steps
      for (let t = 0; t < steps; t++) {
        const cell = first + t
        const left = (part[t]! > 0 ? max : min)[cell]! - plan[cell]!
        wanted[t] = plan[cell]! - base[cell]! + Math.abs(part[t]!) * left
        sum[t]! -= plan[cell]!
      }
      respond(row, wanted)
      for (let t = 0; t < steps; t++) sum[t]! += plan[first + t]!
    }
  }
}
