import type { z } from 'zod'

export type ConfigKey = Readonly<{
  key: string
  variable: string
  type: string
  fallback?: string
  description?: string
}>

export declare function describeConfig(
  schema: z.ZodType,
  prefix: string,
): Readonly<{ keys: readonly ConfigKey[]; markdown: string; jsonSchema: object }>
