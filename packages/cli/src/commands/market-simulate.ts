import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawStudy } from '../chart/market-study.ts'
import { parse, UsageError } from '../command.ts'
import { writeJson } from '../io.ts'
import { foresightOf } from '../neighbourhood/foresight.ts'
import { kinds } from '../neighbourhood/homes.ts'
import { surplusOf } from '../neighbourhood/optimum.ts'
import { simulateStudy, type Study } from '../neighbourhood/simulate.ts'
import { summaryOf, type StudySummary } from '../neighbourhood/summary.ts'
import { numberIn } from '../number-in.ts'
import { table } from '../table.ts'

const mechanisms = { auction: 'PERIODIC_DOUBLE_AUCTION', book: 'CONTINUOUS_ORDER_BOOK' } as const

/** Runs a neighbourhood through its market at high speed and tells what came of it. */
export const simulate = {
  usage: `gridloom market simulate [--agents 100] [--days 7] [--seed 1] [--mechanism auction|book] [--interval 15] [--svg DIR]
                         [--json]
    runs a neighbourhood of households, PV, batteries and flexible loads through its market, as fast as it goes, and
    tells prices, traded energy, peaks with and without the market, cash, and how much of the possible surplus the market
    found; --interval is in minutes, --svg draws price and volume, positions and load`,
  run: study,
}

async function study(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, {
    agents: { type: 'string', default: '100' },
    days: { type: 'string', default: '7' },
    seed: { type: 'string', default: '1' },
    mechanism: { type: 'string', default: 'auction' },
    interval: { type: 'string', default: '15' },
    svg: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  if (positionals.length > 0) throw new UsageError(`market simulate does not take "${positionals[0]}"`)
  const result = simulateStudy(
    {
      agents: numberIn('agents', values.agents, 1, 10_000),
      days: numberIn('days', values.days, 1, 366),
      seed: numberIn('seed', values.seed, 0, 4_294_967_295),
      mechanism: mechanismOf(values.mechanism),
      intervalSeconds: 60 * intervalOf(values.interval),
    },
    progress(values.json),
  )
  const summary = summaryOf(result, await surplusOf(result.offers), await foresightOf(result))
  if (values.svg !== undefined) draw(values.svg, result)
  if (values.json) writeJson({ ...summary, intervals: result.intervals }, true)
  else process.stdout.write(`${pageOf(summary)}\n`)
  return 0
}

function mechanismOf(name: string) {
  if (name === 'auction' || name === 'book') return mechanisms[name]
  throw new UsageError(`--mechanism "${name}" is neither auction nor book`)
}

function intervalOf(text: string): number {
  const minutes = numberIn('interval', text, 5, 60)
  if (60 % minutes !== 0) throw new UsageError(`--interval "${text}" does not divide an hour`)
  return minutes
}

/** A line on standard error for each tenth; nothing where nobody reads it. */
function progress(isQuiet: boolean): (share: number) => void {
  let tenths = 0
  return (share) => {
    if (isQuiet || Math.floor(share * 10) === tenths) return
    tenths = Math.floor(share * 10)
    process.stderr.write(`${10 * tenths} % simulated\n`)
  }
}

function draw(folder: string, result: Study): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, picture] of Object.entries(drawStudy(result))) {
    writeFileSync(join(folder, name), picture)
    process.stderr.write(`${join(folder, name)} written\n`)
  }
}

function pageOf({
  options,
  prices,
  tradedKwh,
  tenders,
  trades,
  peak,
  efficiency,
  surplusUsd,
  foresight,
  byKind,
  byHour,
}: StudySummary): string {
  const { agents, days, mechanism, seed } = options
  const money = (usd: number): string => usd.toFixed(2)
  const kindRows = [...kinds, 'grid' as const].map((kind) => {
    const { count, boughtKwh, cashUsd } = byKind[kind]
    return [kind, count, boughtKwh.toFixed(0), money(cashUsd), count > 0 ? money(cashUsd / count) : '']
  })
  const hourRows = byHour.map(({ hour, price, tradedKw, withKw, withoutKw }) => {
    const shown = [tradedKw, withKw, withoutKw].map((kilowatts) => kilowatts.toFixed(1))
    return [`${String(hour).padStart(2, '0')}:00`, price === undefined ? '-' : price.toFixed(0), ...shown]
  })
  return [
    `${agents} agents, ${days} days, seed ${seed}, ${mechanism === mechanisms.auction ? 'periodic double auction' : 'continuous order book'}`,
    '',
    `${tenders} tenders, ${trades} sides of trades, ${tradedKwh.toFixed(0)} kWh traded`,
    `price        ${prices.low.toFixed(0)} to ${prices.high.toFixed(0)}, ${prices.mean.toFixed(0)} on average (thousandths of a dollar per kWh)`,
    `peak import  ${peak.withoutKw.toFixed(1)} kW without a market, ${peak.withKw.toFixed(1)} kW with it: ${percent(peak.reduction)} less`,
    `surplus      $${money(surplusUsd.realised)} of $${money(surplusUsd.optimal)} at the most: efficiency ${percent(efficiency, 2)}`,
    ...foresightLines(foresight),
    '',
    table(['kind', 'agents', 'bought kWh', 'cash $', '$ each'], kindRows),
    '',
    table(['hour', 'price', 'traded kW', 'load kW', 'without kW'], hourRows),
  ].join('\n')
}

/** Beside what was found in each interval by itself: what the run could have come to, for storage makes intervals depend on one another. */
function foresightLines(foresight: StudySummary['foresight']): readonly string[] {
  if ('reason' in foresight) return [`foresight    not solved: ${foresight.reason}`]
  const { efficiency, surplusUsd, costUsd } = foresight
  const [got, best] = [surplusUsd.realised, surplusUsd.optimal].map((usd) => usd.toFixed(2))
  const [paid, least] = [costUsd.realised, costUsd.optimal].map((usd) => usd.toFixed(2))
  return [
    `foresight    $${got} of $${best} at the most, had all known the whole time: efficiency ${percent(efficiency, 2)}`,
    `             energy cost $${paid}, and $${least} at the least`,
  ]
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`
}
