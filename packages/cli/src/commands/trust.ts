import { UsageError, type Command } from '../command.ts'
import { evaluate, evaluateUsage } from './trust-evaluate.ts'
import { gridUsage, gridVerbs } from './trust-grid.ts'
import { replay } from './trust-replay.ts'

export const trust: Command = {
  summary: 'show and release who is trusted in the running grid; replay how trust rose and fell; measure how well',
  usage: `gridloom trust replay FILE [--json]
    runs the trust model over a vector file (trust-vector/1: messages with their findings) and prints the state after each
    step in the form of "expect"; or the whole engine over a trace of observations (trust-trace/1, see
    docs/reference/dtm-traces.md) and prints each subject's vector, what was found and how levels changed.
    Exit code 1 when the file is not well formed.
${evaluateUsage}
${gridUsage}`,
  run: async ([verb = '', ...argv]) => {
    const onGrid = Object.hasOwn(gridVerbs, verb) ? gridVerbs[verb] : undefined
    if (onGrid) return onGrid(argv)
    if (verb === 'evaluate') return evaluate(argv)
    if (verb !== 'replay') throw new UsageError(`trust does not know "${verb}"`)
    return replay(argv)
  },
}
