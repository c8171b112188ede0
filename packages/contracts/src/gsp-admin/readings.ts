import { z } from 'zod'
import { PageQuery } from './common.ts'

export const ReadingPoint = z.object({
  time: z.int().optional(),
  duration: z.int().optional(),
  value: z.number().describe('in the unit, multiplier applied'),
  quality: z.string().optional(),
})

/** One series of readings that a device mirrors. */
export const Series = z.object({
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

export const UsagePoint = z.object({
  id: z.string(),
  mRID: z.string(),
  description: z.string().optional(),
  roleFlags: z.string().optional(),
  series: z.array(Series),
})

export type UsagePoint = z.infer<typeof UsagePoint>

export const ReadingQuery = PageQuery.extend({
  after: z.coerce
    .number()
    .pipe(z.int().min(0))
    .optional()
    .describe('only readings later than this, seconds since 1970'),
})

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
