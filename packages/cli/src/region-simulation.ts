import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '@gridloom/kit'
import { simulateRegions, summaryOfSteps, type RegionStep, type SimulationSummary } from '@gridloom/tracker'
import { drawRegionDays } from './chart/region-days.ts'
import { parse } from './command.ts'
import { writeJson } from './io.ts'
import { numberIn } from './number-in.ts'
import { table } from './table.ts'

const options = {
  regions: { type: 'string', default: '4' },
  generators: { type: 'string', default: '40' },
  consumers: { type: 'string', default: '2000' },
  days: { type: 'string', default: '2' },
  step: { type: 'string', default: '300' },
  seed: { type: 'string', default: '1' },
  svg: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** `gridloom region simulate`: days of a grid of several regions as fast as they go. */
export function regionSimulation(argv: readonly string[]): number {
  const { values } = parse(argv, options)
  const stepSeconds = numberIn('step', values.step, 1, 3600)
  const size = {
    regions: numberIn('regions', values.regions, 1, 1000),
    generators: numberIn('generators', values.generators, 1, 100_000),
    consumers: numberIn('consumers', values.consumers, 1, 1_000_000),
    days: numberIn('days', values.days, 1, 365),
    stepSeconds,
  }
  const steps = [...simulateRegions({ ...size, random: createRandom(`simulate/${values.seed}`).next })]
  const regions = [...Map.groupBy(steps, ({ region }) => region)]
  const all = summaryOfSteps(steps, stepSeconds)
  const summaries = regions.map(([region, own]) => ({ region, ...summaryOfSteps(own, stepSeconds) }))
  if (values.json) writeJson({ ...size, seed: values.seed, total: all, regions: summaries }, true)
  else process.stdout.write(`${render(all, summaries)}\n`)
  if (values.svg !== undefined) draw(values.svg, steps, regions)
  return all.conservationErrorKw < 1e-5 ? 0 : 1
}

function render(
  all: SimulationSummary,
  regions: readonly (SimulationSummary & Readonly<{ region: number }>)[],
): string {
  const rows = [
    ...regions.map(({ region, ...summary }) => [`region ${region}`, summary] as const),
    ['all', all] as const,
  ]
  const heads = [
    '',
    'demand kWh',
    'served kWh',
    'starving h',
    'shed kWh',
    'deferred kWh',
    'curtailed kWh',
    'tree moves',
    'taken over h',
    'black-outs',
    'their s',
  ]
  const books = rows.map(([name, one]) => [
    name,
    ...[one.demandKwh, one.servedKwh, one.starvingHours, one.shedKwh, one.deferredKwh, one.curtailedKwh].map(
      Math.round,
    ),
    one.treeMoves,
    Math.round(one.takenOverHours),
    one.blackouts,
    one.blackoutSeconds,
  ])
  const { median, longest } = all.roundMilliseconds
  const rounds = `${all.rounds} rounds, ${median.toFixed(2)} ms each in the middle, ${longest.toFixed(1)} ms the longest`
  const conserved = `load conserved in every round to ${all.conservationErrorKw.toExponential(1)} kW`
  return `${table(heads, books)}\n${rounds}; ${conserved}`
}

function draw(
  folder: string,
  steps: readonly RegionStep[],
  regions: readonly (readonly [number, readonly RegionStep[]])[],
): void {
  mkdirSync(folder, { recursive: true })
  const save = (name: string, title: string, drawn: readonly RegionStep[]): void => {
    const file = join(folder, `${name}.svg`)
    writeFileSync(file, drawRegionDays(title, drawn))
    process.stderr.write(`${file}\n`)
  }
  save('all', `${regions.length} regions`, steps)
  for (const [region, own] of regions) save(`region-${region}`, `Region ${region}`, own)
}
