import * as marketActor from '@gridloom/market'
import { parse, single, UsageError, type Command } from '../command.ts'
import { readJson, writeJson } from '../io.ts'
import { actorCommand } from './actor.ts'
import { looks, lookUsage } from './market-look.ts'
import { simulate } from './market-simulate.ts'

const actor = actorCommand('market', 'run a Market Agent, look into a running one, or replay a scenario', marketActor)

type Verb = Readonly<{ usage: string; run: (argv: readonly string[]) => Promise<number> }>

const replay: Verb = {
  usage: `gridloom market replay FILE [--json]
    runs the steps of a scenario through the market and prints the outcome as one JSON value: the answer to every step,
    the events, the open book, positions, ledger, cash and counts
    --json prints it on one line`,
  run: async (argv) => {
    const { values, positionals } = parse(argv, { json: { type: 'boolean', default: false } })
    const run = marketActor.replay(marketActor.parseScenario(readJson(single(positionals, 'FILE'))))
    writeJson(run, values.json)
    const { accepted, rejected, ledgerEntries, openTenders } = run.counts
    process.stderr.write(
      `${accepted} accepted, ${rejected} rejected, ${ledgerEntries} ledger entries, ${openTenders} open tenders\n`,
    )
    return 0
  },
}

const verbs: Readonly<Record<string, Verb>> = { replay, simulate }

export const market: Command = {
  summary: actor.summary,
  usage: [actor.usage, lookUsage, ...Object.values(verbs).map((verb) => verb.usage)].join('\n'),
  run: ([verb = '--config', ...argv]) => {
    if (verb.startsWith('-')) return actor.run([verb, ...argv])
    const run = Object.hasOwn(looks, verb) ? looks[verb] : Object.hasOwn(verbs, verb) ? verbs[verb]?.run : undefined
    if (!run) throw new UsageError(`market does not know "${verb}"`)
    return run(argv)
  },
}
