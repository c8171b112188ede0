import { z } from 'zod'

export const ReadingPoint = z.object({
  time: z.int().optional(),
  duration: z.int().optional(),
  value: z.number().describe('in the unit, multiplier applied'),
  quality: z.string().optional(),
})

export type ReadingPoint = z.infer<typeof ReadingPoint>

/** One series of readings that a device mirrors. */
export const ReadingSeries = z.object({
  id: z.string(),
  mRID: z.string(),
  description: z.string().optional(),
  uom: z.int().optional().describe('UomType: 38 W, 63 var, 29 V, 33 Hz, 72 Wh'),
  unit: z.string().optional(),
  kind: z.int().optional(),
  dataQualifier: z.int().optional(),
  flowDirection: z.int().optional(),
  phase: z.int().optional(),
  latest: ReadingPoint.optional(),
})

export type ReadingSeries = z.infer<typeof ReadingSeries>

export const UsagePoint = z.object({
  id: z.string(),
  mRID: z.string(),
  description: z.string().optional(),
  roleFlags: z.string().optional(),
  series: z.array(ReadingSeries),
})

export type UsagePoint = z.infer<typeof UsagePoint>

export const ReadingQuery = z.strictObject({
  after: z.coerce
    .number()
    .pipe(z.int().min(0))
    .optional()
    .describe('only intervals that start later, seconds since 1970'),
  limit: z.coerce.number().pipe(z.uint32().max(10_000)).default(100).describe('most readings to return'),
})

/** Readings of one series, the newest interval first. */
export const ReadingHistory = z.object({ series: ReadingSeries, items: z.array(ReadingPoint) })
export type ReadingHistory = z.infer<typeof ReadingHistory>

export const LogEntry = z.object({
  id: z.string(),
  created: z.int(),
  functionSet: z.int(),
  code: z.int(),
  logEventID: z.int(),
  pen: z.int(),
  profile: z.int(),
  details: z.string().optional(),
})

export const ResponseEntry = z.object({
  lfdi: z.string(),
  subject: z.string().describe('mRID of the event'),
  status: z.int(),
  name: z.string(),
  time: z.int().optional(),
})

export type ResponseEntry = z.infer<typeof ResponseEntry>
