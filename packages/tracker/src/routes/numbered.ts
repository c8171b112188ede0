import { z } from 'zod'

/** The region of a path. */
export const Numbered = z.object({ region: z.coerce.number().pipe(z.int().nonnegative()) })
