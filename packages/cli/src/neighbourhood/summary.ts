import { hourOf, kinds, type Kind } from './homes.ts'
import type { Foresight, Unsolved } from './foresight.ts'
import type { Surplus } from './optimum.ts'
import type { Study, StudyInterval } from './simulate.ts'

export type StudySummary = ReturnType<typeof summaryOf>

// cash is counted in price units of a Wh: thousandths of a dollar per kWh are millionths per Wh
const priceUnitsPerDollar = 1e6

/** What a study comes to: prices, peaks, who earned what, and how a day looks on average. */
export function summaryOf(
  { options, intervals, tenders, trades, counts, cash, energy }: Study,
  surplus: Surplus,
  foresight: Foresight | Unsolved,
) {
  const prices = intervals.flatMap(({ price }) => price ?? [])
  const kilowatts = (wattHours: number): number => (wattHours * 3600) / options.intervalSeconds / 1000
  const peakOf = (of: (one: StudyInterval) => number): number =>
    kilowatts(intervals.reduce((most, one) => Math.max(most, of(one)), 0))
  const [withKw, withoutKw] = [peakOf((one) => one.withMarketWh), peakOf((one) => one.withoutWh)]
  const groupOf = (kind: Kind | 'grid') => ({
    count: kind === 'grid' ? 1 : counts[kind],
    boughtKwh: energy[kind] / 1000,
    cashUsd: Number(cash[kind]) / priceUnitsPerDollar,
  })
  return {
    options,
    tenders,
    trades,
    tradedKwh: intervals.reduce((sum, { volumeWh }) => sum + volumeWh, 0) / 1000,
    prices: {
      low: prices.reduce((a, b) => Math.min(a, b), Infinity),
      high: prices.reduce((a, b) => Math.max(a, b), -Infinity),
      mean: meanOf(prices),
    },
    peak: { withKw, withoutKw, reduction: withoutKw > 0 ? 1 - withKw / withoutKw : 0 },
    efficiency: surplus.optimal > 0 ? surplus.realised / surplus.optimal : 1,
    surplusUsd: { realised: surplus.realised / priceUnitsPerDollar, optimal: surplus.optimal / priceUnitsPerDollar },
    foresight: 'reason' in foresight ? foresight : inDollars(foresight),
    byKind: Object.fromEntries([...kinds, 'grid' as const].map((kind) => [kind, groupOf(kind)])) as Readonly<
      Record<Kind | 'grid', ReturnType<typeof groupOf>>
    >,
    byHour: byHour(intervals, kilowatts),
  }
}

/** The whole run against the best that could have been made of it. */
function inDollars({ realised, optimal }: Foresight) {
  return {
    efficiency: optimal.surplus > 0 ? realised.surplus / optimal.surplus : 1,
    surplusUsd: { realised: realised.surplus / priceUnitsPerDollar, optimal: optimal.surplus / priceUnitsPerDollar },
    costUsd: { realised: realised.cost / priceUnitsPerDollar, optimal: optimal.cost / priceUnitsPerDollar },
  }
}

/** The mean day, hour by hour of local time. */
function byHour(intervals: readonly StudyInterval[], kilowatts: (wattHours: number) => number) {
  const hours = Map.groupBy(intervals, ({ dtStart }) => Math.floor(hourOf(dtStart)))
  return [...hours]
    .toSorted(([a], [b]) => a - b)
    .map(([hour, within]) => {
      const prices = within.flatMap(({ price }) => price ?? [])
      const mean = (of: (one: StudyInterval) => number): number => kilowatts(meanOf(within.map(of)))
      return {
        hour,
        price: prices.length > 0 ? meanOf(prices) : undefined,
        tradedKw: mean((one) => one.volumeWh),
        withKw: mean((one) => one.withMarketWh),
        withoutKw: mean((one) => one.withoutWh),
      }
    })
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
