import type { FollowingScore } from '@gridloom/contracts'
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
  name?: string | undefined
  intervals: readonly Interval[]
  /** What it was to hold ready, and did; paid beside what it gave. */
  held?: readonly Interval[]
  perKWhHeld?: number
  /** Of who followed a signal: this part of what was asked counts as delivered. */
  score?: FollowingScore
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
  name?: string
  baselineMethod?: Baseline['method']
  score?: FollowingScore
  askedMilliWh: number
  deliveredMilliWh: number
  missedMilliWh: number
  performance: number
  heldMilliWh: number
  readyMilliWh: number
  payment: number
  /** For what was held ready. */
  holding: number
  penalty: number
  net: number
}>

export type Statement = Omit<Settlement, 'ders'> &
  Readonly<{ rows: readonly StatementRow[]; total: Omit<StatementRow, 'id' | 'name' | 'baselineMethod' | 'score'> }>

/** Settles a service: its totals are rounded once, and each DER has its part of them. */
export function settle({ ders, ...service }: Settlement): Statement {
  const { price } = service
  const energies = ders.map((der) => energyOf(der, service))
  const payments = amounts(energies.map((one, index) => [one.deliveredMilliWh, ders[index]?.perKWh ?? price.perKWh]))
  const holdings = amounts(energies.map((one, index) => [one.readyMilliWh, ders[index]?.perKWhHeld ?? 0]))
  const penalties = amounts(energies.map(({ missedMilliWh }) => [missedMilliWh, price.penaltyPerKWh]))
  const rows = ders.map(({ id, name, baselineMethod, score }, index) => {
    const energy = energies[index] ?? nothing
    const [payment = 0, holding = 0, penalty = 0] = [payments[index], holdings[index], penalties[index]]
    return {
      id,
      ...(name !== undefined && { name }),
      ...(baselineMethod && { baselineMethod }),
      ...(score && { score }),
      ...energy,
      payment,
      holding,
      penalty,
      net: payment + holding - penalty,
    }
  })
  return { ...service, rows, total: totalOf(rows) }
}

type Energy = Pick<
  StatementRow,
  'askedMilliWh' | 'deliveredMilliWh' | 'missedMilliWh' | 'performance' | 'heldMilliWh' | 'readyMilliWh'
>

const nothing: Energy = {
  askedMilliWh: 0,
  deliveredMilliWh: 0,
  missedMilliWh: 0,
  performance: 1,
  heldMilliWh: 0,
  readyMilliWh: 0,
}

function energyOf(
  { intervals, held = [], score }: SettledDer,
  { intervalSeconds, rule }: Omit<Settlement, 'ders'>,
): Energy {
  const judged = intervals.map((interval) => deliveredOf(interval, intervalSeconds, rule))
  const ready = held.map((interval) => deliveredOf(interval, intervalSeconds, { ...rule, counts: 'available' }))
  const askedMilliWh = sumOf(judged.map((one) => one.askedMilliWh))
  const holding = {
    heldMilliWh: sumOf(ready.map((one) => one.askedMilliWh)),
    readyMilliWh: sumOf(ready.map((one) => one.deliveredMilliWh)),
  }
  if (score) {
    const deliveredMilliWh = Math.round(askedMilliWh * score.score)
    const missedMilliWh = askedMilliWh - deliveredMilliWh
    return { askedMilliWh, deliveredMilliWh, missedMilliWh, performance: score.score, ...holding }
  }
  return {
    askedMilliWh,
    deliveredMilliWh: sumOf(judged.map(({ deliveredMilliWh }) => deliveredMilliWh)),
    missedMilliWh: sumOf(judged.map((one) => Math.max(one.askedMilliWh - one.deliveredMilliWh, 0))),
    performance: performanceOf(judged),
    ...holding,
  }
}

/** What each gets for its mWh at its price of a kWh, so that the sum is what all are worth, rounded once. */
function amounts(milliWhAndPrice: readonly (readonly [number, number])[]): number[] {
  const worths = milliWhAndPrice.map(([milliWh, perKWh]) => BigInt(milliWh) * BigInt(perKWh))
  const worth = worths.reduce((sum, one) => sum + one, 0n)
  return apportion(roundedQuotient(worth, 1_000_000n), worths).map(Number)
}

function totalOf(rows: readonly StatementRow[]): Statement['total'] {
  const sum = (of: Exclude<keyof StatementRow, 'id' | 'name' | 'baselineMethod' | 'score'>): number =>
    sumOf(rows.map((row) => row[of]))
  const [askedMilliWh, missedMilliWh] = [sum('askedMilliWh'), sum('missedMilliWh')]
  return {
    askedMilliWh,
    deliveredMilliWh: sum('deliveredMilliWh'),
    missedMilliWh,
    performance: askedMilliWh === 0 ? 1 : 1 - missedMilliWh / askedMilliWh,
    heldMilliWh: sum('heldMilliWh'),
    readyMilliWh: sum('readyMilliWh'),
    payment: sum('payment'),
    holding: sum('holding'),
    penalty: sum('penalty'),
    net: sum('net'),
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
