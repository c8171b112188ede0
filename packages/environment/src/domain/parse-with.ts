import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'

/** A document checked against its schema; the error says what is wrong at which path. */
export function parseWith<T extends z.ZodType>(schema: T, document: unknown, name: string): z.infer<T> {
  const parsed = schema.safeParse(document)
  if (!parsed.success) throw new SepError('invalid', `${name} is not valid\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}
