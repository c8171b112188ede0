import type { DayStep } from './simulate-day.ts'

/** The service voltage of ANSI C84.1, range A: 5 % on either side. */
export const serviceBand = { low: 0.95, high: 1.05 } as const

/** What a day came to: voltages and spreads in pu, energies in kWh and kvarh. */
export type DaySummary = Readonly<{
  min: number
  max: number
  meanSpread: number
  widestSpread: number
  /** share of the day with every voltage inside the service band */
  withinBand: number
  derKwh: number
  /** delivered and absorbed both count */
  derKvarh: number
  importedKwh: number
  exportedKwh: number
  /** most DER at a time that delivered nothing because of their voltage */
  mostCeased: number
  solves: number
}>

export function summaryOf(steps: readonly DayStep[], stepSeconds: number): DaySummary {
  const spreads = steps.map(({ min, max }) => max - min)
  const hours = stepSeconds / 3600
  const energy = (of: (step: DayStep) => number) => hours * sum(steps.map(of))
  return {
    min: -highest(steps.map(({ min }) => -min)),
    max: highest(steps.map(({ max }) => max)),
    meanSpread: sum(spreads) / steps.length,
    widestSpread: highest(spreads),
    withinBand: steps.filter(({ min, max }) => min >= serviceBand.low && max <= serviceBand.high).length / steps.length,
    derKwh: energy(({ derKw }) => derKw),
    derKvarh: energy(({ derKvar }) => Math.abs(derKvar)),
    importedKwh: energy(({ sourceKw }) => Math.max(sourceKw, 0)),
    exportedKwh: energy(({ sourceKw }) => Math.max(-sourceKw, 0)),
    mostCeased: highest(steps.map(({ ceased }) => ceased)),
    solves: sum(steps.map(({ solves }) => solves)),
  }
}

/** How much smaller the spread is in the second day, as a share of the first. */
export function shrinkageOf(before: DaySummary, after: DaySummary): Readonly<{ mean: number; widest: number }> {
  return {
    mean: 1 - after.meanSpread / before.meanSpread,
    widest: 1 - after.widestSpread / before.widestSpread,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
}
