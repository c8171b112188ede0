import { solveRegion, solveRegionExactly } from '@gridloom/tracker'
import { parse, single, UsageError, type Command } from '../command.ts'
import { readJson, writeJson } from '../io.ts'
import { regionSimulation } from '../region-simulation.ts'
import { listRegions, showRegion } from '../region-view.ts'

const usage = `gridloom region solve FILE [--exact] [--json]
    solves one round of a region (a file of kind balance, match, storage-ticks or hash, as in test/vectors/regions) and
    prints what it computed in the form of "expect"; --exact adds the optimum of the integer program where consumers are
    matched, in small regions: it gives up after a minute. Exit code 1 then, and when the file is not well formed.
gridloom region simulate [--regions 4] [--generators 40] [--consumers 2000] [--days 2] [--step 300] [--seed 1]
                         [--svg DIR] [--json]
    runs days of a grid of several regions, a round of each every --step seconds, and tells who starved, what was shed,
    deferred and curtailed, and how often trees moved; --svg draws them. Exit code 1 when load was not conserved.
gridloom region list [--grid FILE] [--json]
gridloom region show REGION [--grid FILE] [--json]
    the regions of the running grid; the peers of one, and who feeds whom`

const verbs: Readonly<Record<string, (argv: readonly string[]) => number | Promise<number>>> = {
  solve,
  simulate: regionSimulation,
  list: listRegions,
  show: showRegion,
}

export const region: Command = {
  summary: 'balance a region, match consumers to generators, see who feeds whom',
  usage,
  run: async ([verb = '', ...argv]) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run) throw new UsageError(`region does not know "${verb}"`)
    return run(argv)
  },
}

async function solve(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' }, exact: { type: 'boolean' } })
  const file = readJson(single(positionals, 'FILE'))
  writeJson(values.exact ? await solveRegionExactly(file) : solveRegion(file), values.json)
  return 0
}
