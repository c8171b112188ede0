import { z } from 'zod'
import { SchedulingError } from '../../domain/scheduling-error.ts'

/** A payload as its schema has it, or what is wrong with it. */
export function parsed<Schema extends z.ZodType>(schema: Schema, payload: string): z.infer<Schema> {
  const result = schema.safeParse(jsonOf(payload))
  if (!result.success) throw new SchedulingError('invalid', z.prettifyError(result.error))
  return result.data
}

function jsonOf(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch (error) {
    throw new SchedulingError('invalid', `no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
