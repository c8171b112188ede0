import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { runScenario, ScenarioError } from '@gridloom/der-model'
import { z } from 'zod'
import { parse, single, UsageError, type Command } from '../command.ts'
import { DerScenario } from '../der-scenario.ts'
import { readJson } from '../io.ts'

export const der: Command = {
  summary: 'run the IEEE 1547 model of a DER through a scenario',
  usage: `gridloom der run NAME.json
    runs the cases of NAME.json over the inputs in NAME.csv (or NAME.csv.gz) beside it and prints the CSV with the same
    columns and rows, outputs computed. Exit code 1 when one of the files is not well formed.`,
  run: async ([verb = '', ...argv]) => {
    if (verb !== 'run') throw new UsageError(`der does not know "${verb}"`)
    return run(single(parse(argv, {}).positionals, 'NAME.json'))
  },
}

function run(file: string): number {
  if (!file.endsWith('.json')) throw new UsageError(`NAME.json is "${file}"`)
  const scenario = DerScenario.safeParse(readJson(file))
  if (!scenario.success) throw new Error(`${file}: ${z.prettifyError(scenario.error)}`)
  const inputs = file.replace(/\.json$/, '.csv')
  try {
    // all or nothing: a bad row in the middle prints no half of a result
    process.stdout.write(`${[...runScenario(scenario.data, readText(inputs))].join('\n')}\n`)
  } catch (err) {
    if (err instanceof ScenarioError) throw new Error(`${inputs}, ${err.message}`, { cause: err })
    throw err
  }
  return 0
}

function readText(file: string): string {
  const packed = `${file}.gz`
  return !existsSync(file) && existsSync(packed)
    ? gunzipSync(readFileSync(packed)).toString()
    : readFileSync(file, 'utf8')
}
