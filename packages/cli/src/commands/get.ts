import { connect, connectionOptions } from '../connection.ts'
import { parse, single, type Command } from '../command.ts'

export const get: Command = {
  summary: 'fetch one resource over mutual TLS',
  usage: `gridloom get URL [--certs FOLDER | --cert FILE --key FILE --ca FILE]
    prints the body of the answer; the status goes to standard error`,
  run: async (argv) => {
    const { values, positionals } = parse(argv, connectionOptions)
    const url = single(positionals, 'URL')
    await using client = connect(url, values)
    const { pathname, search } = new URL(url)
    const reply = await client.get(pathname + search)
    process.stderr.write(`${reply.status} ${reply.type ?? ''}${reply.location ? ` → ${reply.location}` : ''}\n`)
    process.stdout.write(reply.body)
    return reply.status < 400 ? 0 : 1
  },
}
