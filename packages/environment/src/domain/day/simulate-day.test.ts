import { expect, it } from 'vitest'
import { readFeeder } from '../../inputs.ts'
import { shrinkageOf, summaryOf } from './day-summary.ts'
import { simulateDay, type DayOptions } from './simulate-day.ts'

const hour = 3600
const [off, on] = [false, true].map((voltVar) => [...simulateDay(dayWith({ voltVar }))])

it('sees the voltage rise at noon and fall in the evening', () => {
  expect(stepAt(off, 12 * hour)?.max).toBeGreaterThan(1.05)
  expect(stepAt(off, 18 * hour)?.min).toBeLessThan(0.96)
  expect(stepAt(off, 12 * hour)?.sourceKw).toBeLessThan(-500)
})

it('shrinks the spread of voltages when the DER follow their volt-var curve', () => {
  const [without, withVars] = [summary(off), summary(on)]
  const { mean, widest } = shrinkageOf(without, withVars)
  expect(mean).toBeGreaterThan(0.05)
  expect(widest).toBeGreaterThan(0.1)
  expect(withVars.max).toBeLessThan(without.max - 0.01)
  expect(withVars.min).toBeGreaterThan(without.min + 0.005)
  expect(withVars.withinBand).toBeGreaterThan(without.withinBand)
})

it('absorbs vars at noon, delivers them in the evening, and none without the curve', () => {
  expect(stepAt(on, 12 * hour)?.derKvar).toBeLessThan(-100)
  expect(stepAt(on, 18 * hour)?.derKvar).toBeGreaterThan(20)
  expect(summary(off).derKvarh).toBe(0)
})

it('lets DER and feeder take turns until they agree, well before a step is over', () => {
  expect(Math.max(...(on ?? []).map(({ solves }) => solves))).toBeLessThan(30)
})

it('gives the same day for the same seed, and another for another', () => {
  expect([...simulateDay(dayWith({ voltVar: true }))]).toEqual(on)
  expect(simulateDay(dayWith({ voltVar: true, seed: 2 })).next().value).not.toEqual(on?.[0])
})

it('leaves less for volt-var to do when the regulators tap', () => {
  const tapping = [...simulateDay(dayWith({ voltVar: false, regulators: 'tapping' }))]
  expect(summary(tapping).max).toBeLessThan(summary(off).max)
  expect(summary(tapping).min).toBeGreaterThan(summary(off).min)
})

it('says when and where the feeder has no solution', () => {
  const feeder = feederOf('ieee13')
  const heavy = feeder.loads.map((load) => ({ ...load, kw: load.kw.map((kw) => 5 * kw) as typeof load.kw }))
  expect(() => [...simulateDay(dayWith({ feeder: { ...feeder, loads: heavy } }))]).toThrow(
    /^the feeder has no solution at \d+ s; the worst node is "\w+"$/,
  )
})

function dayWith(changes: Partial<DayOptions>): DayOptions {
  const feeder = feederOf('ieee123')
  return { feeder, ders: 100, seed: 1, stepSeconds: 900, voltVar: false, regulators: 'held', ...changes }
}

function feederOf(name: 'ieee13' | 'ieee123') {
  const feeder = readFeeder(name)
  if (!feeder) throw new Error('no feeder')
  return feeder
}

function stepAt(steps: typeof on, at: number) {
  return steps?.find(({ seconds }) => seconds === at)
}

function summary(steps: typeof on) {
  return summaryOf(steps ?? [], 900)
}
