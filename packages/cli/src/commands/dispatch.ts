import { dispatch as solveDispatch, DispatchFile, type Dispatched } from '@gridloom/derms'
import { z } from 'zod'
import { parse, single, UsageError, type Command } from '../command.ts'
import { readJson, writeJson } from '../io.ts'
import { table } from '../table.ts'

export const dispatch: Command = {
  summary: 'share a grid service out to a fleet',
  usage: `gridloom dispatch solve FILE [--exact [--seconds N]] [--json]
    solves one allocation of the form dispatch/1 (docs/reference/dispatch.md): what each DER does in each step, what it costs
    and what is missed, and how far that can be above the optimum. --exact also finds the optimum with HiGHS, answers with
    it, and says how far the fast one is off; after N seconds (60) it gives up and the fast one is the answer.
    Exit code 1 when the request cannot be met in full, or the file is not well formed.`,
  run: async ([verb = '', ...argv]) => {
    if (verb !== 'solve') throw new UsageError(`dispatch does not know "${verb}"`)
    const { values, positionals } = parse(argv, {
      exact: { type: 'boolean' },
      seconds: { type: 'string' },
      json: { type: 'boolean' },
    })
    const file = single(positionals, 'FILE')
    const seconds = secondsOf(values.seconds, values.exact)
    const input = DispatchFile.safeParse(readJson(file))
    if (!input.success) throw new Error(`${file}:\n${z.prettifyError(input.error)}`)
    const solved = await solveDispatch(input.data, { exact: values.exact ?? false, seconds })
    if (values.json) writeJson(solved, true)
    else process.stdout.write(render(solved))
    return solved.status === 'met' ? 0 : 1
  },
}

const listed = 20

/** Throws for what is no time, and for a time that nobody needs. */
function secondsOf(text = '60', exact = false): number {
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= 86_400)) throw new UsageError(`--seconds "${text}" is not above 0 and up to 86400`)
  if (text !== '60' && !exact) throw new UsageError('--seconds is the time of --exact')
  return seconds
}

function render({ status, method, outcome, exact, gap, aboveBound, unsolved, setpoints }: Dispatched): string {
  const best = exact ?? outcome
  const moved = setpoints.slice(0, listed).map(({ id, W }) => [id, ...W.slice(0, 8).map(Math.round)])
  const more = setpoints.length - listed
  const lines = [
    table(
      ['step', 'sum W', 'least W', 'most W', 'missed W'],
      best.perStep.map(({ sumW, lowW, highW, missedW }, step) => [
        step,
        Math.round(sumW),
        lowW === null ? '-' : Math.round(lowW),
        highW === null ? '-' : Math.round(highW),
        Math.round(missedW),
      ]),
    ),
    '',
    table(
      ['DER', 'W in each step'],
      moved.map(([id, ...watts]) => [id ?? '', watts.join(' ')]),
    ),
    ...(more > 0 ? [`… and ${more} more (--json has all)`] : []),
    '',
    `${status}: cost ${best.cost.toFixed(4)}, missed ${(best.shortfallWh / 1000).toFixed(3)} kWh (${method})`,
    ...(unsolved === undefined ? [] : [`HiGHS: ${unsolved}`]),
    ...(gap !== undefined || aboveBound === undefined
      ? []
      : [`at most ${(100 * aboveBound).toFixed(2)} % above the optimum`]),
    ...(gap === undefined ? [] : [`the fast allocation is ${(100 * gap).toFixed(2)} % above the optimum`]),
  ]
  return `${lines.join('\n')}\n`
}
