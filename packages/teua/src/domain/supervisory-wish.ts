import type { SupervisoryNeed } from '@gridloom/contracts'
import type { Rules, Wish } from './wish.ts'

/** A controller's need in the units of the market. */
export function wishOfNeed(need: SupervisoryNeed, { quantityScale, minPrice, maxPrice }: Rules): Wish {
  const { start, energyWh, limitPrice, releasePrice, steps } = need
  const unit = 10 ** quantityScale
  const isBuyer = energyWh >= 0
  const [eager, reluctant] = isBuyer ? [maxPrice, minPrice] : [minPrice, maxPrice]
  const parts = steps ?? [{ energyWh, price: limitPrice ?? eager }]
  return {
    dtStart: start,
    blocks: parts.map((part) => ({ quantity: part.energyWh / unit, price: part.price })),
    releasePrice: releasePrice ?? reluctant,
  }
}

/** Needs by their interval: newer ones replace older ones, and what is over is forgotten. */
export function mergedNeeds(
  known: readonly SupervisoryNeed[],
  news: readonly SupervisoryNeed[],
  before: number,
): SupervisoryNeed[] {
  const merged = new Map([...known, ...news].map((need) => [need.start, need]))
  return [...merged.values()].filter(({ start }) => start >= before).toSorted((a, b) => a.start - b.start)
}
