import { quantityOf } from '../wish.ts'
import type { Strategy } from './strategy.ts'

export type PvSellerOptions = Readonly<{
  /** Generation at a time in watts; what was generated of late when undefined. */
  forecast: (dtStart: number) => number | undefined
  /** Sells for no less: below it the sun is better left unused. */
  floorPrice: number
}>

/** Sells what the sun will bring, and buys back what it will not. */
export function pvSeller({ forecast, floorPrice }: PvSellerOptions): Strategy {
  return ({ ahead, device, rules }) =>
    ahead.flatMap(({ dtStart, isOpen }) => {
      const watts = forecast(dtStart) ?? (device.watts === undefined ? undefined : -device.watts)
      if (!isOpen || watts === undefined) return []
      const quantity = -quantityOf(rules, Math.max(0, watts))
      return [{ dtStart, blocks: [{ quantity, price: floorPrice }], releasePrice: rules.maxPrice }]
    })
}
