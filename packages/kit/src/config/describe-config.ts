import { z } from 'zod'
import { leavesOf, variableOf, type Leaf } from './schema.ts'

export type ConfigKey = Readonly<{
  key: string
  variable: string
  type: string
  fallback?: string
  description?: string
}>
export type ConfigDescription = Readonly<{ keys: readonly ConfigKey[]; markdown: string; jsonSchema: object }>

/** What a reference page and an editor need: every key with its variable, type, default and meaning, and a JSON Schema. */
export function describeConfig(schema: z.ZodType, prefix: string): ConfigDescription {
  const keys = leavesOf(schema).map((leaf) => describeKey(leaf, prefix))
  return { keys, markdown: tableOf(keys), jsonSchema: z.toJSONSchema(schema, { io: 'input' }) }
}

function describeKey({ path, schema }: Leaf, prefix: string): ConfigKey {
  const json = z.toJSONSchema(schema, { io: 'input' })
  const fallback = json.default === undefined ? undefined : JSON.stringify(json.default)
  const description = json.description ?? schema.description
  return {
    key: path.join('.'),
    variable: variableOf(prefix, path),
    type: typeOf(json),
    ...(fallback !== undefined && { fallback }),
    ...(description !== undefined && { description }),
  }
}

type Json = z.core.JSONSchema.BaseSchema

function typeOf({ type, enum: options, const: only, anyOf, items }: Json): string {
  if (options) return options.map((option) => `\`${String(option)}\``).join(', ')
  if (only !== undefined) return `\`${String(only)}\``
  if (anyOf) return anyOf.map((option) => typeOf(option as Json)).join(' or ')
  if (type === 'array' && typeof items === 'object' && !Array.isArray(items)) return `list of ${typeOf(items as Json)}`
  return String(type ?? 'any')
}

function tableOf(keys: readonly ConfigKey[]): string {
  const rows = keys.map(({ key, variable, type, fallback, description }) => {
    const cells = [
      `\`${key}\``,
      `\`${variable}\``,
      type,
      fallback === undefined ? '' : `\`${fallback}\``,
      description ?? '',
    ]
    return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
  })
  return ['| key | variable | type | default | meaning |', '|---|---|---|---|---|', ...rows].join('\n')
}
