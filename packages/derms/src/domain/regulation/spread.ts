/** One part of a sum: its bounds, where it would begin, and its weight for more and for less. */
export type Part = Readonly<{ least: number; most: number; from: number; up: number; down: number }>

/**
 * Splits a sum over parts: each begins where it would, and what is then missing is split in the ratio of the weights.
 * Who would leave its bounds stands at the bound and the rest is split again, at last in the ratio of the room there is.
 * What no bound allows is left out.
 */
export function spread(sum: number, parts: readonly Part[]): Float64Array {
  const given = Float64Array.from(parts, ({ least, most, from }) => clamp(from, least, most))
  fillUp(given, parts, sum, (part, isUp) => (isUp ? part.up : part.down))
  fillUp(given, parts, sum, (_part, _isUp, room) => room)
  return given
}

type Weigh = (part: Part, isUp: boolean, room: number) => number

function fillUp(given: Float64Array, parts: readonly Part[], sum: number, weigh: Weigh): void {
  // each round but the last puts somebody at a bound, to the bit
  for (let round = 0; round <= parts.length; round++) {
    const left = sum - given.reduce((total, one) => total + one, 0)
    if (Math.abs(left) <= 1e-9 * Math.max(Math.abs(sum), 1)) return
    const weights = parts.map((part, index) => {
      const room = Math.abs((left > 0 ? part.most : part.least) - (given[index] ?? 0))
      return room === 0 ? 0 : weigh(part, left > 0, room)
    })
    const total = weights.reduce((all, one) => all + one, 0)
    if (total === 0) return
    parts.forEach(({ least, most }, index) => {
      given[index] = clamp((given[index] ?? 0) + (left * (weights[index] ?? 0)) / total, least, most)
    })
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
