import { replayTrust } from '@gridloom/dtm'
import { parse, single, UsageError, type Command } from '../command.ts'
import { readJson, writeJson } from '../io.ts'
import { gridUsage, gridVerbs } from './trust-grid.ts'

export const trust: Command = {
  summary: 'show and release who is trusted in the running grid; replay how trust rose and fell',
  usage: `gridloom trust replay FILE [--json]
    runs the trust model over a vector file (trust-vector/1: messages with their findings) and prints the state after each
    step in the form of "expect". Exit code 1 when the file is not well formed.
${gridUsage}`,
  run: async ([verb = '', ...argv]) => {
    const onGrid = Object.hasOwn(gridVerbs, verb) ? gridVerbs[verb] : undefined
    if (onGrid) return onGrid(argv)
    if (verb !== 'replay') throw new UsageError(`trust does not know "${verb}"`)
    return replay(argv)
  },
}

function replay(argv: readonly string[]): number {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' } })
  writeJson(replayTrust(readJson(single(positionals, 'FILE'))), values.json)
  return 0
}
