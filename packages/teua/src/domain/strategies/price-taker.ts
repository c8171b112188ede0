import { quantityOf } from '../wish.ts'
import type { Strategy } from './strategy.ts'

export type PriceTakerOptions = Readonly<{
  /** Net power into the premises at a time; what flowed of late when undefined. */
  forecast: (dtStart: number) => number | undefined
  buyPrice?: number | undefined
  sellPrice?: number | undefined
}>

/** Needs what it needs at almost any price: a household, or whoever cannot shift anything. */
export function priceTaker({ forecast, buyPrice, sellPrice }: PriceTakerOptions): Strategy {
  return ({ ahead, device, rules }) => {
    const [buys, sells] = [buyPrice ?? rules.maxPrice, sellPrice ?? rules.minPrice]
    return ahead.flatMap(({ dtStart, isOpen }) => {
      const watts = forecast(dtStart) ?? device.watts
      if (!isOpen || watts === undefined) return []
      const quantity = quantityOf(rules, watts)
      const isBuyer = quantity > 0
      return [{ dtStart, blocks: [{ quantity, price: isBuyer ? buys : sells }], releasePrice: isBuyer ? sells : buys }]
    })
  }
}
