import { z } from 'zod'

/** One value of a configuration: where it is, and the schema that says what it may be. */
export type Leaf = Readonly<{ path: readonly string[]; schema: z.ZodType }>

/** The values that a schema has room for, in its order; objects are walked into, whatever wraps them. */
export function leavesOf(schema: z.ZodType, path: readonly string[] = []): readonly Leaf[] {
  const bare = unwrap(schema)
  if (!(bare instanceof z.ZodObject)) return [{ path, schema }]
  return Object.entries(bare.shape).flatMap(([key, inner]) => leavesOf(inner as z.ZodType, [...path, key]))
}

/** `listen.port` under the prefix GSP is GSP_LISTEN_PORT, `logLevel` is GSP_LOG_LEVEL. */
export function variableOf(prefix: string, path: readonly string[]): string {
  const words = path.map((key) => key.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2'))
  return [prefix, ...words].join('_').replaceAll('-', '_').toUpperCase()
}

/** The schema within optional, default and the other wrappers. */
export function unwrap(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return unwrap(schema.unwrap() as z.ZodType)
  }
  return schema
}
