import { z } from 'zod'

/** The body of every answer that is not a success, on every face that speaks JSON. */
export const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
})

export type ErrorBody = z.infer<typeof ErrorBody>
