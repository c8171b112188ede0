import type { ReadingRule } from './judges-readings.ts'
import { nothing } from './rule.ts'
import { fired } from './rule-finding.ts'

const mostMeters = 15

/** PH-11: voltage or frequency far from the median of the other meters of the group, in the same minute. */
export function agreesWithNeighbours({
  volts = 0.05,
  hertz = 0.05,
  least = 3,
  seconds = 60,
  q = 0.7,
} = {}): ReadingRule {
  return ({ measured, registration, dcm, world }) => {
    const { quantity, value, to } = measured
    const group = registration?.group
    if (group === undefined || (quantity !== 'volts' && quantity !== 'hertz')) return nothing
    const all = world.neighbours.get(group) ?? { volts: [], hertz: [] }
    world.neighbours.set(group, all)
    const others = all[quantity].filter(({ meter }) => meter !== dcm)
    const near = others.filter(({ at }) => Math.abs(to - at) <= seconds)
    all[quantity] = [...others, { meter: dcm, at: to, value }].slice(-mostMeters)
    if (near.length < least) return nothing
    const median = middleOf(near.map((one) => one.value))
    const isFar = quantity === 'volts' ? Math.abs(value - median) > volts * median : Math.abs(value - median) > hertz
    return isFar ? [fired('PH-11', 'moderate', { q, evidence: { quantity, value, median } })] : nothing
  }
}

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2
}
