import { parseArgs, type ParseArgsConfig } from 'node:util'

/** One command of `gridloom`: its name, a line for the overview, its usage text, and what it does. Resolves to the exit code: 0 ok, 1 findings. */
export type Command = Readonly<{
  summary: string
  usage: string
  run: (argv: readonly string[]) => Promise<number>
}>

/** The caller asked for something that does not exist or is not well formed: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Options = NonNullable<ParseArgsConfig['options']>

/** Splits an argument list into options and positionals, with a message that says what is wrong. */
export function parse<const T extends Options>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: negativesApart(argv, options), options, allowPositionals: true, strict: true })
  } catch (err) {
    const [reason = ''] = (err as Error).message.split('. ')
    throw new UsageError(reason, { cause: err })
  }
}

/** `-2kW` is a quantity, not a list of flags: it becomes the value of the option before it, or a positional. */
function negativesApart(argv: readonly string[], options: Options): string[] {
  const args: string[] = []
  const positionals: string[] = []
  for (const [index, arg] of argv.entries()) {
    const last = args.at(-1) ?? ''
    if (arg === '--') return [...args, '--', ...positionals, ...argv.slice(index + 1)]
    if (!/^-[.\d]/.test(arg)) args.push(arg)
    else if (options[last.slice(2)]?.type === 'string' && last.startsWith('--')) args.splice(-1, 1, `${last}=${arg}`)
    else positionals.push(arg)
  }
  return positionals.length === 0 ? args : [...args, '--', ...positionals]
}

/** The value of an option that has to be there. */
export function required(value: string | undefined, option: string): string {
  if (value === undefined) throw new UsageError(`--${option} is missing`)
  return value
}

/** The only positional argument, named for the message when it is absent or has company. */
export function single(positionals: readonly string[], what: string): string {
  const [value, extra] = positionals
  if (value === undefined) throw new UsageError(`${what} is missing`)
  if (extra !== undefined) throw new UsageError(`one ${what} is enough, found also "${extra}"`)
  return value
}
