import { quantityOf, type Block, type Wish } from '../wish.ts'
import type { Ahead, Strategy } from './strategy.ts'

export type FlexibleLoadOptions = Readonly<{
  powerW: number
  /** Needed in each window; windows follow one another, aligned to UTC. */
  energyWh: number
  windowSeconds: number
  /** Pays at most, in prices of the market, while there is time left; in the end it takes any. */
  worth?: number | undefined
}>

/** Needs an amount of energy by the end of a window and takes it where it is cheapest: a water heater, a car, a pump. */
export function flexibleLoad({ powerW, energyWh, windowSeconds, worth }: FlexibleLoadOptions): Strategy {
  return ({ ahead, traded, rules }) => {
    const most = quantityOf(rules, powerW)
    const needed = energyWh / 10 ** rules.quantityScale
    const prices = { worthPrice: worth ?? rules.maxPrice, mustPrice: rules.maxPrice, releasePrice: rules.minPrice }
    const windows = Map.groupBy(ahead, ({ dtStart }) => Math.floor(dtStart / windowSeconds))
    return [...windows].flatMap(([window, intervals]) => {
      const open = intervals.filter(({ isOpen }) => isOpen)
      const [begin, end] = [window * windowSeconds, (window + 1) * windowSeconds]
      const last = intervals.at(-1)?.dtStart ?? begin
      const held = traded(begin, open[0]?.dtStart ?? end)
      const left = Math.min(Math.max(0, needed - held), most * open.length)
      // what falls beyond the horizon can be had there, as far as the power reaches
      const unseen = Math.max(0, Math.floor((end - last) / rules.intervalSeconds) - 1)
      const share = unseen > 0 ? Math.max((left * open.length) / (open.length + unseen), left - most * unseen) : left
      return wishesOf(open, { share, most, ...prices })
    })
  }
}

type Amounts = Readonly<{ share: number; most: number; worthPrice: number; mustPrice: number; releasePrice: number }>

/** Fills the cheapest intervals first; what no later interval could make up for is wanted at any price. */
function wishesOf(open: readonly Ahead[], { share, most, worthPrice, mustPrice, releasePrice }: Amounts): Wish[] {
  const quantities = new Map<number, number>()
  const cheapest = open.toSorted((a, b) => a.price - b.price || a.dtStart - b.dtStart)
  let left = share
  for (const { dtStart, price } of cheapest) {
    const room = most * (open.length - quantities.size - 1)
    const isWorth = price <= worthPrice || left > room
    const quantity = isWorth ? Math.min(most, left) : 0
    quantities.set(dtStart, quantity)
    left -= quantity
  }
  const takenAt = (at: Ahead | undefined): number => (at && quantities.get(at.dtStart)) ?? 0
  // should prices come out otherwise: no more is paid than the next best interval will cost, and the interval that is
  // traded next may have what was meant for the dearest one, if it turns out cheaper than that
  const spare = cheapest.find((one) => takenAt(one) < most)
  const limit = Math.min(worthPrice, spare?.price ?? mustPrice)
  const dearest = cheapest.findLast((one) => takenAt(one) > 0)
  const [next] = open
  const moved = next && dearest && takenAt(next) === 0 ? takenAt(dearest) : 0
  return open.map((one, index) => {
    const { dtStart, price } = one
    if (moved > 0 && one === next)
      return {
        dtStart,
        blocks: [{ quantity: moved, price: Math.min(worthPrice, dearest?.price ?? price) }],
        releasePrice,
      }
    const quantity = moved > 0 && one === dearest ? 0 : takenAt(one)
    const must = Math.max(0, Math.min(quantity, share - most * (open.length - index - 1)))
    const blocks: Block[] = [
      { quantity: must, price: mustPrice },
      { quantity: quantity - must, price: Math.max(limit, Math.min(worthPrice, price)) },
    ]
    return {
      dtStart,
      blocks: blocks.filter((block) => block.quantity > 0),
      releasePrice: quantity > 0 ? worthPrice : releasePrice,
    }
  })
}
