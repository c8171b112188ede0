import { replayTrust } from '@gridloom/dtm'
import { parse, single, UsageError, type Command } from '../command.ts'
import { readJson, writeJson } from '../io.ts'

export const trust: Command = {
  summary: 'replay how trust in an actor rose and fell',
  usage: `gridloom trust replay FILE [--json]
    runs the trust model over a vector file (trust-vector/1: messages with their findings) and prints the state after each
    step in the form of "expect". Exit code 1 when the file is not well formed.`,
  run: async ([verb = '', ...argv]) => {
    if (verb !== 'replay') throw new UsageError(`trust does not know "${verb}"`)
    return replay(argv)
  },
}

function replay(argv: readonly string[]): number {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' } })
  writeJson(replayTrust(readJson(single(positionals, 'FILE'))), values.json)
  return 0
}
