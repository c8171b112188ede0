import { parseScenario, replay } from '@gridloom/market'
import { parse, single, UsageError, type Command } from '../command.ts'
import { readJson, writeJson } from '../io.ts'
import { marketSimulate } from '../market-simulate.ts'

const usage = `gridloom market replay FILE [--json]
    runs the steps of a scenario through the market and prints the outcome as one JSON value: the answer to every step,
    the events, the open book, positions, ledger, cash and counts
    --json prints it on one line
gridloom market simulate [--agents 100] [--days 7] [--seed 1] [--mechanism auction|book] [--interval 15] [--svg DIR]
                         [--json]
    runs a neighbourhood of households, PV, batteries and flexible loads through its market, as fast as it goes, and
    tells prices, traded energy, peaks with and without the market, cash, and how much of the possible surplus the market
    found; --interval is in minutes, --svg draws price and volume, positions and load`

export const market: Command = {
  summary: 'run a scenario through the transactive market',
  usage,
  run: async ([verb = '', ...argv]) => {
    if (verb === 'simulate') return marketSimulate(argv)
    if (verb !== 'replay') throw new UsageError(`market does not know "${verb}"`)
    const { values, positionals } = parse(argv, { json: { type: 'boolean', default: false } })
    const run = replay(parseScenario(readJson(single(positionals, 'FILE'))))
    writeJson(run, values.json)
    const { accepted, rejected, ledgerEntries, openTenders } = run.counts
    process.stderr.write(
      `${accepted} accepted, ${rejected} rejected, ${ledgerEntries} ledger entries, ${openTenders} open tenders\n`,
    )
    return 0
  },
}
