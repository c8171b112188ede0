import highs from 'highs'
import type { Offer } from './simulate.ts'

const loadHighs = highs as unknown as typeof highs.default

/** Value of what traded to those who bought it, less its worth to those who sold it, by the prices of their tenders. */
export type Surplus = Readonly<{ realised: number; optimal: number }>

/** The surplus that the market made of the tenders of each interval, and the most that could be made of them (exactly, by HiGHS). */
export async function surplusOf(offers: readonly (readonly Offer[])[]): Promise<Surplus> {
  const solver = await loadHighs()
  let [realised, optimal] = [0, 0]
  for (const interval of offers) {
    realised += interval.reduce((sum, { side, price, traded }) => sum + (side === 'BUY' ? price : -price) * traded, 0)
    const crossing = crossingOf(interval)
    if (crossing.length === 0) continue
    const solution = solver.solve(programOf(crossing))
    if (solution.Status !== 'Optimal') throw new Error(`the optimum was not found: ${solution.Status}`)
    optimal += solution.ObjectiveValue
  }
  return { realised, optimal }
}

/** Tenders that meet nobody's price can be left out: in no optimum do they trade. */
function crossingOf(offers: readonly Offer[]): Offer[] {
  const prices = (side: string): number[] => offers.filter((one) => one.side === side).map(({ price }) => price)
  const [highestBid, lowestAsk] = [Math.max(...prices('BUY')), Math.min(...prices('SELL'))]
  return offers.filter(({ side, price }) => (side === 'BUY' ? price >= lowestAsk : price <= highestBid))
}

/** Maximise the surplus: as much is bought as is sold, and nobody trades more than was tendered. */
function programOf(offers: readonly Offer[]): string {
  const term = (sign: string, factor: number, index: number): string => `${sign} ${factor} x${index}`
  const value = offers.map(({ side, price }, index) => {
    const worth = side === 'BUY' ? price : -price
    return term(worth < 0 ? '-' : '+', Math.abs(worth), index)
  })
  const balance = offers.map(({ side }, index) => term(side === 'BUY' ? '+' : '-', 1, index))
  const bounds = offers.map(({ quantity }, index) => ` 0 <= x${index} <= ${quantity}`)
  return [
    'Maximize',
    ` obj: ${value.join(' ')}`,
    'Subject To',
    ` balance: ${balance.join(' ')} = 0`,
    'Bounds',
    ...bounds,
    'End',
  ].join('\n')
}
