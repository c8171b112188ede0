export type OutlookOptions = Readonly<{
  /** Expected prices, one after the other, again and again; without any all hours of the day start out alike. */
  prices: readonly number[]
  stepSeconds: number
  /** Weight of a price that is seen against what was expected. */
  learning: number
}>

/** What an agent expects to pay: told beforehand, and learned from the prices that it sees at the same time of day. */
export type Outlook = Readonly<{
  priceAt(dtStart: number): number
  see(dtStart: number, price: number): void
}>

const day = 86_400

export function createOutlook({ prices, stepSeconds, learning }: OutlookOptions): Outlook {
  const slots = Math.max(1, prices.length || Math.ceil(day / stepSeconds))
  const slotOf = (dtStart: number): number => Math.floor(dtStart / stepSeconds) % slots
  const expected = new Map(prices.map((price, slot) => [slot, price]))
  let latest = 0
  return {
    priceAt: (dtStart) => expected.get(slotOf(dtStart)) ?? latest,
    see(dtStart, price) {
      const slot = slotOf(dtStart)
      const known = expected.get(slot)
      latest = price
      expected.set(slot, known === undefined ? price : known + learning * (price - known))
    },
  }
}
