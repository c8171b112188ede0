import { needOf, type Block, type Rules, type Wish } from './wish.ts'

export type Side = 'BUY' | 'SELL'

/** One tender for one instrument, in the units of the market. */
export type TenderTerms = Readonly<{ dtStart: number; side: Side; quantity: number; price: number }>

/**
 * What has to be tendered so that the position becomes the need: the difference, rounded towards zero to whole lots.
 * `position` includes whatever else is on its way to being one.
 */
export function netTenders(wish: Wish, position: number, rules: Rules): TenderTerms[] {
  const { dtStart } = wish
  const difference = needOf(wish) - position
  const side = difference > 0 ? 'BUY' : 'SELL'
  const lots = inLots(missing(wish, position, Math.sign(difference)), rules)
  return lots
    .map(({ quantity, price }) => ({ dtStart, side, quantity, price: allowedPrice(side, price, rules) }) as const)
    .filter(({ quantity }) => quantity >= rules.minTenderQuantity && quantity > 0)
}

/** The part of the wish that is still open, as positive blocks; a way back is taken at the price of release. */
function missing(wish: Wish, position: number, sign: number): Block[] {
  const distance = Math.abs(needOf(wish) - position)
  if (needOf(wish) * sign <= 0) return [{ quantity: distance, price: wish.releasePrice }]
  let held = position * sign
  const open = wish.blocks.map(({ quantity, price }) => {
    const size = Math.abs(quantity)
    const covered = Math.max(0, Math.min(size, held))
    held -= size
    return { quantity: size - covered, price }
  })
  // what was traded the wrong way has to be undone first: it is wanted as much as the first block
  const [first] = wish.blocks
  const wrong = Math.max(0, -position * sign)
  return wrong > 0 && first ? [{ quantity: wrong, price: first.price }, ...open] : open
}

/** Whole lots of each block, none of the sums above the true one; neighbours at one price are one. */
function inLots(blocks: readonly Block[], { roundLot, maxTenderQuantity }: Rules): Block[] {
  const merged: { quantity: number; price: number }[] = []
  let wanted = 0
  let given = 0
  for (const { quantity, price } of blocks) {
    wanted += quantity
    const lots = Math.floor((wanted + rounding) / roundLot) * roundLot - given
    if (lots <= 0) continue
    given += lots
    const last = merged.at(-1)
    if (last?.price === price) last.quantity += lots
    else merged.push({ quantity: lots, price })
  }
  return merged.map(({ quantity, price }) => ({ quantity: Math.min(quantity, maxTenderQuantity), price }))
}

// Sums of fractions of a unit may miss a whole one by less than a millionth of it.
const rounding = 1e-6

function allowedPrice(side: Side, price: number, { minPrice, maxPrice, tickSize }: Rules): number {
  const ticks = side === 'BUY' ? Math.floor(price / tickSize) : Math.ceil(price / tickSize)
  const least = Math.ceil(minPrice / tickSize) * tickSize
  const most = Math.floor(maxPrice / tickSize) * tickSize
  return Math.min(most, Math.max(least, ticks * tickSize))
}
