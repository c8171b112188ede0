import { milliwattsOf } from './milliwatts.ts'
import type { Load, Source } from './trees.ts'

export type DrawnRegion = Readonly<{ sources: readonly Source[]; loads: readonly Load[] }>

// Means of a home and of a commercial site in kW (region-tracking §7), and how many of twenty are commercial.
const homeKw = 1.31
const siteKw = 44.8

/** A region to measure with: homes, one site in twenty, and generators of very different size that carry `share` of the demand. */
export function drawRegion(
  consumers: number,
  generators: number,
  { share = 0.95, random }: Readonly<{ share?: number; random: () => number }>,
): DrawnRegion {
  const loads = Array.from({ length: consumers }, (_, index) => {
    const mean = index % 20 === 0 ? siteKw : homeKw
    return { id: `c${index}`, class: Math.floor(10 * random()), demand: milliwattsOf(mean * (0.2 + 1.6 * random())) }
  })
  const demand = loads.reduce((sum, load) => sum + load.demand, 0)
  const weights = Array.from({ length: generators }, () => 0.1 + random() ** 2)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const sources = weights.map((weight, index) => ({
    id: `g${index}`,
    usable: Math.round((share * demand * weight) / whole),
  }))
  return { sources, loads }
}
