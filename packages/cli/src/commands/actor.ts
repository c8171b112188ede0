import { runActor, type Start } from '@gridloom/kit'
import * as gspActor from '@gridloom/gsp'
import type { z } from 'zod'
import type { Command } from '../command.ts'

/** The command that runs one actor from its configuration: every actor has the same options. */
export function actorCommand<Schema extends z.ZodType>(
  name: string,
  summary: string,
  actor: Readonly<{ Config: Schema; start: Start<z.infer<Schema>> }>,
): Command {
  return {
    summary,
    usage: `gridloom ${name} --config FILE [--check]
    runs the actor until SIGINT or SIGTERM; --check validates the configuration, prints the LFDI and exits`,
    run: (argv) => runActor(name, actor.Config, actor.start, argv),
  }
}

export const gsp = actorCommand('gsp', 'run a Grid Service Provider: the IEEE 2030.5 utility server', gspActor)
