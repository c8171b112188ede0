import { evaluateSchedules } from '@gridloom/scheduler'
import { parse, single, UsageError, type Command } from '../command.ts'
import { readJson, writeJson } from '../io.ts'
import { check, checkUsage } from './schedule-check.ts'
import { gridUsage, gridVerbs } from './schedule-grid.ts'
import { show, showUsage } from './schedule-show.ts'

export const schedule: Command = {
  summary: 'see, set and draw schedules of the running grid; check SCL files; compute what schedules come to',
  usage: `gridloom schedule eval FILE [--json]
    runs the schedule engine over a vector file and prints the outcome in the form of its "expect". Exit code 1 when the file
    is not well formed or of a kind that is not evaluated
${checkUsage}
${showUsage}
${gridUsage}`,
  run: async ([verb = '', ...argv]) => {
    const onGrid = Object.hasOwn(gridVerbs, verb) ? gridVerbs[verb] : undefined
    if (onGrid) return onGrid(argv)
    if (verb === 'show') return show(argv)
    if (verb === 'check') return check(argv)
    if (verb !== 'eval') throw new UsageError(`schedule does not know "${verb}"`)
    return evaluate(argv)
  },
}

function evaluate(argv: readonly string[]): number {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' } })
  writeJson(evaluateSchedules(readJson(single(positionals, 'FILE'))), values.json)
  return 0
}
