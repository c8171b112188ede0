export type StorageSpec = Readonly<{
  capacityWh: number
  /** Never emptied below. */
  reserveWh: number
  chargeW: number
  dischargeW: number
  /** Of charging; what is discharged arrives. */
  efficiency: number
}>

export type ValueInputs = Readonly<{
  spec: StorageSpec
  chargeWh: number
  /** Expected price of a Wh in each interval. */
  prices: readonly number[]
  intervalSeconds: number
  /** What a Wh must earn each time it is traded. */
  margin: number
}>

/** What is best done in one interval: Wh into the premises, in blocks of falling urgency with the price each is worth. */
export type StorageStep = readonly Readonly<{ wattHours: number; price: number }>[]

const levels = 24

/**
 * The plan that earns most at the expected prices, by dynamic programming over the state of charge. What each block is worth
 * is what the energy would earn later on: so a plan is also a schedule of limit prices.
 */
export function bestSteps({ spec, chargeWh, prices, intervalSeconds, margin }: ValueInputs): StorageStep[] {
  const { capacityWh, reserveWh, chargeW, dischargeW, efficiency } = spec
  const size = (capacityWh - reserveWh) / levels
  if (size <= 0 || prices.length === 0) return prices.map(() => [])
  const hours = intervalSeconds / 3600
  const up = Math.min(levels, (chargeW * hours * efficiency) / size)
  const down = Math.min(levels, (dischargeW * hours) / size)
  const rates = { bought: size / efficiency, sold: size, up, down, margin }
  const values = valuesOf(prices, rates)
  let level = Math.max(0, Math.min(levels, (chargeWh - reserveWh) / size))
  const mean = prices.reduce((sum, price) => sum + price, 0) / prices.length
  return prices.map((price, at) => {
    const later = values[at + 1] ?? []
    const { move } = bestMove(level, price, later, rates)
    const from = level
    level += move
    // the interval that is traded next may cost less or more than expected: what is it worth to buy or to sell all that goes?
    const isBuyer = move === 0 ? price <= mean : move > 0
    const reach = isBuyer ? Math.min(up, levels - from) : Math.max(-down, -from)
    const offered = at === 0 ? reach : move
    return offered === 0 ? [] : blocksOf(from, offered, later, { ...rates, efficiency, size })
  })
}

const minimalGain = 1e-9

type Rates = Readonly<{ bought: number; sold: number; up: number; down: number; margin: number }>

/** For each interval and level of charge: the most that can still be earned. What is left in the end is worth an average price. */
function valuesOf(prices: readonly number[], rates: Rates): Float64Array[] {
  const mean = prices.reduce((sum, price) => sum + price, 0) / prices.length
  const values = [Float64Array.from({ length: levels + 1 }, (_, level) => level * rates.sold * mean)]
  for (const price of prices.toReversed()) {
    const [later = new Float64Array(levels + 1)] = values
    values.unshift(later.map((value, level) => value + bestMove(level, price, later, rates).gain))
  }
  return values
}

/** How far to move up (buying) or down (selling), and what that brings over staying. */
function bestMove(
  level: number,
  price: number,
  later: ArrayLike<number>,
  rates: Rates,
): Readonly<{ move: number; gain: number }> {
  const { bought, sold, up, down, margin } = rates
  const [lowest, highest] = [Math.max(0, level - down), Math.min(levels, level + up)]
  const stay = valueAt(later, level)
  let [move, gain] = [0, 0]
  // between two kinks of a piecewise linear function there is no better one: whole levels and the ends of the reach suffice
  for (let to = lowest; ; to = Math.min(highest, Math.floor(to) + 1)) {
    const step = to - level
    const cash = step > 0 ? -step * bought * (price + margin) : -step * sold * (price - margin)
    const won = cash + valueAt(later, to) - stay
    if (won > gain + minimalGain) [move, gain] = [step, won]
    if (to >= highest) return { move, gain }
  }
}

function valueAt(values: ArrayLike<number>, level: number): number {
  const below = Math.min(levels - 1, Math.floor(level))
  const [low = 0, high = 0] = [values[below], values[below + 1]]
  return low + (level - below) * (high - low)
}

function blocksOf(
  from: number,
  move: number,
  later: ArrayLike<number>,
  { margin, efficiency, size }: Rates & Readonly<{ efficiency: number; size: number }>,
): StorageStep {
  const count = Math.max(1, Math.ceil(Math.abs(move) - minimalGain))
  const part = move / count
  return Array.from({ length: count }, (_, index) => {
    const start = from + index * part
    const worth = Math.abs(valueAt(later, start + part) - valueAt(later, start)) / (Math.abs(part) * size)
    if (part > 0) return { wattHours: (part * size) / efficiency, price: worth * efficiency - margin }
    return { wattHours: part * size, price: worth + margin }
  })
}
