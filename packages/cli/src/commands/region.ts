import { solveRegion, solveRegionExactly } from '@gridloom/tracker'
import { parse, single, UsageError, type Command } from '../command.ts'
import { readJson, writeJson } from '../io.ts'

export const region: Command = {
  summary: 'balance a region, match consumers to generators',
  usage: `gridloom region solve FILE [--exact] [--json]
    solves one round of a region (a file of kind balance, match, storage-ticks or hash, as in test/vectors/regions) and
    prints what it computed in the form of "expect"; --exact adds the optimum of the integer program where consumers are
    matched. Exit code 1 when the file is not well formed.`,
  run: async ([verb = '', ...argv]) => {
    if (verb !== 'solve') throw new UsageError(`region does not know "${verb}"`)
    return solve(argv)
  },
}

async function solve(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' }, exact: { type: 'boolean' } })
  const file = readJson(single(positionals, 'FILE'))
  writeJson(values.exact ? await solveRegionExactly(file) : solveRegion(file), values.json)
  return 0
}
