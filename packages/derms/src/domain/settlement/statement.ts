import { apportion, roundedQuotient } from './apportion.ts'
import type { Baseline } from './baseline.ts'
import { deliveredOf, performanceOf, type DeliveryRule, type Interval } from './delivered.ts'

/** What a kWh is worth, in whole units of 10^scale of the currency. A kW held for an hour counts as a kWh. */
export type Price = Readonly<{
  currency: string
  scale: number
  perKWh: number
  /** For each kWh that was asked and is missing. */
  penaltyPerKWh: number
}>

export type SettledDer = Readonly<{
  id: string
  intervals: readonly Interval[]
  baselineMethod?: Baseline['method']
  /** Its own price for a kWh, in place of that of the service. */
  perKWh?: number
}>

export type Settlement = Readonly<{
  service: string
  start: number
  intervalSeconds: number
  rule: DeliveryRule
  price: Price
  ders: readonly SettledDer[]
}>

/** Amounts are whole units of 10^scale of the currency, energies whole mWh: the rows add up to the total exactly. */
export type StatementRow = Readonly<{
  id: string
  baselineMethod?: Baseline['method']
  askedMilliWh: number
  deliveredMilliWh: number
  missedMilliWh: number
  performance: number
  payment: number
  penalty: number
  net: number
}>

export type Statement = Omit<Settlement, 'ders'> &
  Readonly<{ rows: readonly StatementRow[]; total: Omit<StatementRow, 'id' | 'baselineMethod'> }>

/** Settles a service: its total is rounded once, and each DER has its part of that. */
export function settle({ ders, ...service }: Settlement): Statement {
  const { rule, intervalSeconds, price } = service
  const energies = ders.map(({ intervals }) => {
    const judged = intervals.map((interval) => deliveredOf(interval, intervalSeconds, rule))
    const missed = judged.map((one) => Math.max(one.askedMilliWh - one.deliveredMilliWh, 0))
    return {
      askedMilliWh: sumOf(judged.map(({ askedMilliWh }) => askedMilliWh)),
      deliveredMilliWh: sumOf(judged.map(({ deliveredMilliWh }) => deliveredMilliWh)),
      missedMilliWh: sumOf(missed),
      performance: performanceOf(judged),
    }
  })
  const payments = amounts(energies.map((one, index) => [one.deliveredMilliWh, ders[index]?.perKWh ?? price.perKWh]))
  const penalties = amounts(energies.map(({ missedMilliWh }) => [missedMilliWh, price.penaltyPerKWh]))
  const rows = ders.map(({ id, baselineMethod }, index) => {
    const energy = energies[index] ?? nothing
    const [payment = 0, penalty = 0] = [payments[index], penalties[index]]
    return { id, ...(baselineMethod && { baselineMethod }), ...energy, payment, penalty, net: payment - penalty }
  })
  return { ...service, rows, total: totalOf(rows) }
}

const nothing = { askedMilliWh: 0, deliveredMilliWh: 0, missedMilliWh: 0, performance: 1 }

/** What each gets for its mWh at its price of a kWh, so that the sum is what all are worth, rounded once. */
function amounts(milliWhAndPrice: readonly (readonly [number, number])[]): number[] {
  const worths = milliWhAndPrice.map(([milliWh, perKWh]) => BigInt(milliWh) * BigInt(perKWh))
  const worth = worths.reduce((sum, one) => sum + one, 0n)
  return apportion(roundedQuotient(worth, 1_000_000n), worths).map(Number)
}

function totalOf(rows: readonly StatementRow[]): Statement['total'] {
  const [askedMilliWh, missedMilliWh] = [
    sumOf(rows.map((row) => row.askedMilliWh)),
    sumOf(rows.map((row) => row.missedMilliWh)),
  ]
  const [payment, penalty] = [sumOf(rows.map((row) => row.payment)), sumOf(rows.map((row) => row.penalty))]
  return {
    askedMilliWh,
    deliveredMilliWh: sumOf(rows.map((row) => row.deliveredMilliWh)),
    missedMilliWh,
    performance: askedMilliWh === 0 ? 1 : 1 - missedMilliWh / askedMilliWh,
    payment,
    penalty,
    net: payment - penalty,
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
