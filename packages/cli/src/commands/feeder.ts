import { dirname, resolve } from 'node:path'
import { networkCsv, solveScenario, traceCsv, traceFrequency } from '@gridloom/environment'
import { parse, single, UsageError, type Command } from '../command.ts'
import { feederDay } from '../feeder-day.ts'
import { readJson, writeJson } from '../io.ts'

const usage = `gridloom feeder solve FILE [--json]
    solves a feeder, a case of one or an overload and prints its solution as one JSON value; of a generated feeder the
    voltages as CSV. Exit code 1 when there is no solution.
gridloom feeder network FILE
    prints the network of a generated feeder as CSV
gridloom feeder frequency FILE [--json]
    runs the area's frequency through the load steps of a scenario and prints the trace as CSV
gridloom feeder day [--feeder ieee123|ieee34|ieee13] [--ders 1000] [--seed 1] [--step 60s] [--volt-var on|off|both]
                    [--regulators held|tapping] [--svg FILE] [--json]
    simulates a day of a feeder full of PV and batteries, as fast as it goes, and tells what its voltages did; --svg
    draws them
    --json prints JSON on one line; what is CSV stays CSV`

type Verb = (file: string, compact: boolean) => number
const verbs: Readonly<Record<string, Verb>> = { solve, network, frequency }

export const feeder: Command = {
  summary: 'solve the power flow of a feeder or the frequency of its area',
  usage,
  run: async ([verb = '', ...argv]) => {
    if (verb === 'day') return feederDay(argv)
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run) throw new UsageError(`feeder does not know "${verb}"`)
    const { values, positionals } = parse(argv, { json: { type: 'boolean', default: false } })
    return run(single(positionals, 'FILE'), values.json)
  },
}

function solve(file: string, compact: boolean): number {
  const result = solveScenario(readJson(file), (name) => readJson(resolve(dirname(file), name)))
  if (result.kind === 'csv') process.stdout.write(result.text)
  else writeJson(result.value, compact)
  process.stderr.write(`${result.note}\n`)
  return result.solved ? 0 : 1
}

function network(file: string): number {
  process.stdout.write(networkCsv(readJson(file)))
  return 0
}

function frequency(file: string): number {
  const trace = traceFrequency(readJson(file))
  process.stdout.write(traceCsv(trace))
  process.stderr.write(`nadir ${trace.nadir.hertz.toFixed(6)} Hz at ${trace.nadir.t.toFixed(2)} s\n`)
  return 0
}
