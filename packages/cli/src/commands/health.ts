import { parse, single, type Command } from '../command.ts'

export const health: Command = {
  summary: 'ask an actor whether it is well: exit code 1 when it is not',
  usage: "gridloom health URL\n    URL is that of /healthz on the actor's ops port",
  run: async (argv) => {
    const { positionals } = parse(argv, {})
    const reply = await fetch(single(positionals, 'URL'), { signal: AbortSignal.timeout(5000) })
    process.stdout.write(`${reply.status} ${await reply.text()}\n`)
    return reply.ok ? 0 : 1
  },
}
