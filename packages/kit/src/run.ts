import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { ConfigError, loadConfig } from './config/load-config.ts'
import { createLogger } from './logger.ts'
import { loadCredentials } from './pki/credentials.ts'

/** A started actor; what it opened is disposed in reverse order. */
export type Actor = AsyncDisposable &
  Readonly<{
    url: string
    admin?: string
    metrics?: string
    /** Settles when the actor ends by itself; a rejection is its failure. */
    ended?: Promise<void>
  }>
export type Start<Config> = (config: Config) => Promise<Actor>

/** The life of a process: `main.ts` is this line. */
export async function run<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  start: Start<z.infer<Schema>>,
): Promise<void> {
  process.exitCode = await runActor(name, schema, start, process.argv.slice(2))
}

/** Runs an actor until SIGINT, SIGTERM, the end of its parent or a failure; resolves with the exit code. */
export async function runActor<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  start: Start<z.infer<Schema>>,
  argv: readonly string[],
): Promise<number> {
  try {
    const { file, check } = optionsOf(argv)
    const config = loadConfig(schema, { file, env: process.env, prefix: name })
    return check ? checkConfig(config) : await live(name, config, start)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${name}: ${error.message}\n`)
    return 2
  }
}

function optionsOf(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { config: { type: 'string' }, check: { type: 'boolean' } },
    })
    return { file: values.config, check: values.check ?? false }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`${reason}\nusage: --config FILE [--check]`, { cause: error })
  }
}

function checkConfig(config: unknown): number {
  const folder = stringOf(config, 'certs')
  if (folder !== undefined) process.stdout.write(`LFDI ${readIdentity(folder)}\n`)
  return 0
}

function readIdentity(folder: string): string {
  try {
    return loadCredentials(folder).lfdi
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`certs: cannot use the folder "${folder}": ${reason}`, { cause: error })
  }
}

async function live<Config>(name: string, config: Config, start: Start<Config>): Promise<number> {
  const log = createLogger(name, stringOf(config, 'logLevel') ?? 'info')
  try {
    using stop = stopRequest()
    await using actor = await start(config)
    const { url, admin, metrics, ended } = actor
    const addresses = { url, ...(admin !== undefined && { admin }), ...(metrics !== undefined && { metrics }) }
    process.stdout.write(`${JSON.stringify({ event: 'ready', actor: name, ...addresses })}\n`)
    log.info(addresses, 'actor ready')
    await Promise.race(ended ? [stop.requested, ended] : [stop.requested])
    log.info('actor stopping')
    return 0
  } catch (err) {
    for (const each of failuresOf(err)) log.fatal({ err: each }, 'actor failed')
    return 1
  }
}

/** The failure itself first, then what failed while it was cleaned up after. */
function failuresOf(error: unknown): readonly unknown[] {
  if (!(error instanceof SuppressedError)) return [error]
  return [...failuresOf(error.suppressed), ...failuresOf(error.error)]
}

type StopRequest = Disposable & Readonly<{ requested: Promise<void> }>

/** Resolves when the process is told to stop, or loses the parent that it talks with; rejects when something has failed. */
function stopRequest(): StopRequest {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = (): void => resolve()
  const signals = ['SIGINT', 'SIGTERM', 'disconnect'] as const
  for (const signal of signals) process.on(signal, stop)
  process.on('uncaughtException', reject)
  promise.catch(() => {}) // a failure before anybody waits is kept until somebody does
  return {
    requested: promise,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, stop)
      process.off('uncaughtException', reject)
    },
  }
}

function stringOf(config: unknown, key: string): string | undefined {
  const value = typeof config === 'object' && config !== null ? Reflect.get(config, key) : undefined
  return typeof value === 'string' ? value : undefined
}
