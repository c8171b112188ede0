import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { leavesOf, unwrap, variableOf } from './schema.ts'

export type ConfigSource = Readonly<{
  /** YAML; without one the variables and the defaults are all there is. */
  file?: string | undefined
  env?: Readonly<Record<string, string | undefined>>
  /** The actor's name: `gsp` reads GSP_LISTEN_PORT for `listen.port`. */
  prefix: string
}>

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads a YAML file, lets variables override it, parses and freezes it; ConfigError names the source and the key. */
export function loadConfig<Schema extends z.ZodType>(schema: Schema, source: ConfigSource): z.infer<Schema> {
  const { file, env = {}, prefix } = source
  const written = file === undefined ? {} : readYaml(file)
  const { input, used } = override(written, schema, prefix, env)
  const result = schema.safeParse(input)
  if (result.success) return freeze(result.data)
  const sources = [file ?? 'defaults', ...used].join(', ')
  throw new ConfigError(`configuration (${sources}) is not valid:\n${z.prettifyError(result.error)}`)
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? {}
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`cannot read ${file}: ${reason}`, { cause: error })
  }
}

type Overridden = Readonly<{ input: unknown; used: readonly string[] }>

function override(written: unknown, schema: z.ZodType, prefix: string, env: ConfigSource['env'] = {}): Overridden {
  const used: string[] = []
  let input = written
  for (const leaf of leavesOf(schema)) {
    const variable = variableOf(prefix, leaf.path)
    const text = env[variable]
    if (text === undefined) continue
    used.push(variable)
    input = withValue(input, leaf.path, coerce(text, leaf.schema))
  }
  return { input, used }
}

/** A variable is text; where the schema wants another type it is read as YAML: numbers, booleans, [lists] and {maps}. */
function coerce(text: string, schema: z.ZodType): unknown {
  const bare = unwrap(schema)
  if (bare instanceof z.ZodString || bare instanceof z.ZodEnum) return text
  return parse(text)
}

function withValue(input: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const object = typeof input === 'object' && input !== null ? input : {}
  return { ...object, [key]: withValue(Reflect.get(object, key), rest, value) }
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
  return value
}
