import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'

/** The body of a request, or what is wrong with it and where. */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new SepError('invalid', z.prettifyError(result.error), issue ? { path: z.core.toDotPath(issue.path) } : {})
}
