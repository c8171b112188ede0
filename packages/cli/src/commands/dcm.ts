import * as dcmActor from '@gridloom/dcm'
import { parse, single, type Command } from '../command.ts'
import { readJson, writeJson } from '../io.ts'
import { actorCommand } from './actor.ts'

const actor = actorCommand('dcm', 'run Distributed Control Modules, or replay an event vector', dcmActor)

export const dcm: Command = {
  ...actor,
  usage: `${actor.usage}
gridloom dcm replay FILE [--json]
    runs the event scheduler over a vector file and prints its outcome in the form of "expect"`,
  run: ([verb, ...argv]) => (verb === 'replay' ? replay(argv) : actor.run(verb === undefined ? argv : [verb, ...argv])),
}

async function replay(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' } })
  writeJson(dcmActor.replayEvents(readJson(single(positionals, 'FILE'))), values.json)
  return 0
}
