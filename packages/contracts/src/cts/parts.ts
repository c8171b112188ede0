import { z } from 'zod'
import { CtsDuration, CtsInstant } from './instant.ts'

export const CtsId = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,64}$/, 'not an id: 1 to 64 of A-Z a-z 0-9 . _ : -')
  .describe('1 to 64 of A-Z a-z 0-9 . _ : -')

/** A tender, or one leg of a stream: `tenderId/streamUid`. */
export const CtsTenderReference = z.string().regex(/^[A-Za-z0-9._:-]{1,64}(\/\d{1,6})?$/)

export const CtsSide = z.enum(['BUY', 'SELL'])
export type CtsSide = z.infer<typeof CtsSide>

/** Half open: [dtStart, dtStart + duration). */
export const CtsInterval = z.object({ dtStart: CtsInstant, duration: CtsDuration })

/** What every reply carries; `responseDescription` is the reason, `detail` says more to a person. */
export const CtsResponse = z.object({
  responseCode: z.int(),
  responseDescription: z.string(),
  createdDateTime: CtsInstant.optional(),
  detail: z.string().optional(),
})

/** Quantities of consecutive intervals; a position is signed. */
export const CtsQuantityStream = z.object({
  streamStart: CtsInstant,
  intervalDuration: CtsDuration,
  intervals: z
    .array(z.object({ streamUid: z.int(), quantity: z.int() }))
    .refine((legs) => legs.every((leg, index) => leg.streamUid === index), 'streamUid must count 0, 1, 2, …'),
})
