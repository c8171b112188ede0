import type { z } from 'zod'

export type ConfigSource = Readonly<{
  file?: string
  env?: Readonly<Record<string, string | undefined>>
  /** 'GSP' reads GSP_LISTEN_PORT for listen.port. */ prefix: string
}>

/** Reads a YAML file, lets variables override it, parses and freezes it; ConfigError names the file and the key. */
export declare function loadConfig<Schema extends z.ZodType>(schema: Schema, source: ConfigSource): z.infer<Schema>
export declare class ConfigError extends Error {
  override readonly name: 'ConfigError'
}
