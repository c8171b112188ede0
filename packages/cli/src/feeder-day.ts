import { writeFileSync } from 'node:fs'
import {
  readFeeder,
  shrinkageOf,
  simulateDay,
  summaryOf,
  type DayOptions,
  type DayStep,
  type DaySummary,
} from '@gridloom/environment'
import { drawVoltageDay } from './chart/voltage-day.ts'
import { parse, UsageError } from './command.ts'
import { writeJson } from './io.ts'
import { numberIn } from './number-in.ts'
import { table } from './table.ts'
import { parseDuration } from './units.ts'

const feeders = ['ieee13', 'ieee34', 'ieee123'] as const
const daySeconds = 86_400

type DayRun = Readonly<{
  voltVar: boolean
  cpuSeconds: number
  /** simulated seconds per second of processor time */
  ratio: number
  summary: DaySummary
  steps: readonly DayStep[]
}>

/** `gridloom feeder day`: a day of a feeder full of DER, with volt-var, without it, or both after one another. */
export function feederDay(argv: readonly string[]): number {
  const { values, positionals } = parse(argv, {
    feeder: { type: 'string', default: 'ieee123' },
    ders: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    step: { type: 'string', default: '60s' },
    'volt-var': { type: 'string', default: 'both' },
    regulators: { type: 'string', default: 'held' },
    svg: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  if (positionals[0] !== undefined) throw new UsageError(`feeder day takes no argument, found "${positionals[0]}"`)
  const name = oneOf('feeder', values.feeder, feeders)
  const feeder = readFeeder(name)
  if (!feeder) throw new UsageError(`--feeder "${name}" is no feeder`)
  const options = {
    feeder,
    ders: numberIn('ders', values.ders, 1, 100_000),
    seed: numberIn('seed', values.seed, 0, 0xff_ff_ff_ff),
    stepSeconds: stepIn(values.step),
    regulators: oneOf('regulators', values.regulators, ['held', 'tapping']),
  }
  const choice = oneOf('volt-var', values['volt-var'], ['on', 'off', 'both'])
  const runs = [false, true]
    .filter((voltVar) => choice === 'both' || voltVar === (choice === 'on'))
    .map((voltVar) => timed({ ...options, voltVar }))
  const title = `A day of ${name} with ${options.ders.toLocaleString('en')} DER`
  if (values.svg !== undefined) writeFileSync(values.svg, drawVoltageDay(title, runs))
  if (values.json) writeJson({ ...options, feeder: name, runs, ...comparison(runs) }, true)
  else process.stdout.write(`${title}, steps of ${options.stepSeconds} s, seed ${options.seed}\n\n${report(runs)}\n`)
  return 0
}

function timed(options: DayOptions): DayRun {
  const before = process.cpuUsage()
  const steps = [...simulateDay(options)]
  const { user, system } = process.cpuUsage(before)
  const cpuSeconds = (user + system) / 1e6
  const summary = summaryOf(steps, options.stepSeconds)
  return { voltVar: options.voltVar, cpuSeconds, ratio: daySeconds / cpuSeconds, summary, steps }
}

function comparison(runs: readonly DayRun[]) {
  const [off, on] = runs
  return off && on ? { shrinkage: shrinkageOf(off.summary, on.summary) } : {}
}

function report(runs: readonly DayRun[]): string {
  const heads = ['', ...runs.map(({ voltVar }) => `volt-var ${voltVar ? 'on' : 'off'}`)]
  const rows = lines.map(([what, of]) => [what, ...runs.map(of)])
  const { shrinkage } = comparison(runs)
  const outcome = shrinkage
    ? `\n\nWith volt-var the mean spread is ${smaller(shrinkage.mean)}, the widest ${smaller(shrinkage.widest)}.`
    : ''
  return table(heads, rows) + outcome
}

const lines: readonly (readonly [string, (run: DayRun) => string])[] = [
  ['lowest voltage, pu', ({ summary }) => summary.min.toFixed(4)],
  ['highest voltage, pu', ({ summary }) => summary.max.toFixed(4)],
  ['mean spread, pu', ({ summary }) => summary.meanSpread.toFixed(4)],
  ['widest spread, pu', ({ summary }) => summary.widestSpread.toFixed(4)],
  ['time within 0.95 to 1.05 pu', ({ summary }) => percent(summary.withinBand)],
  ['DER deliver, kWh', ({ summary }) => summary.derKwh.toFixed(0)],
  ['DER deliver or absorb, kvarh', ({ summary }) => summary.derKvarh.toFixed(0)],
  ['taken from the source, kWh', ({ summary }) => summary.importedKwh.toFixed(0)],
  ['given to the source, kWh', ({ summary }) => summary.exportedKwh.toFixed(0)],
  ['most DER off by voltage', ({ summary }) => String(summary.mostCeased)],
  ['solutions of the feeder', ({ summary }) => String(summary.solves)],
  ['processor time, s', ({ cpuSeconds }) => cpuSeconds.toFixed(2)],
  ['times faster than the day', ({ ratio }) => ratio.toFixed(0)],
]

function smaller(share: number): string {
  return `${percent(Math.abs(share))} ${share < 0 ? 'larger' : 'smaller'}`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function stepIn(text: string): number {
  const seconds = parseDuration(text)
  if (seconds >= 1 && seconds <= 3600 && daySeconds % seconds === 0) return seconds
  throw new UsageError(`--step "${text}" is not from 1s to 1h, or does not divide a day`)
}

function oneOf<const T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text)
  if (found === undefined) throw new UsageError(`--${option} "${text}" is none of ${choices.join(', ')}`)
  return found
}
