import type { z } from 'zod'

/** A started actor: disposed in reverse order of its making. */
export type Actor = AsyncDisposable &
  Readonly<{
    url: string
    admin?: string
    metrics?: string
    /** Settles when the actor ends by itself. */ ended?: Promise<void>
  }>
export type Start<Config> = (config: Config) => Promise<Actor>

/** The life of a process: --config FILE, --check, until SIGINT, SIGTERM or a failure. Sets the exit code. */
export declare function run<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  start: Start<z.infer<Schema>>,
): Promise<void>
/** The same with given arguments, for the command line: resolves with the exit code. */
export declare function runActor<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  start: Start<z.infer<Schema>>,
  argv: readonly string[],
): Promise<number>
