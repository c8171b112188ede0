import { z } from 'zod'
import { PageQuery } from './common.ts'
import { DeviceDetail } from './devices.ts'
import { ReadingPoint, ResponseEntry } from './readings.ts'

export const FleetQuery = PageQuery.extend({
  after: z.coerce
    .number()
    .pipe(z.int().min(0))
    .optional()
    .describe('only readings of intervals that start later, seconds since 1970'),
})

/** A device, all that it reported, its last responses, and readings of its active power (W, positive delivers). */
export const DeviceSurvey = z.object({
  device: DeviceDetail,
  power: z.array(ReadingPoint).describe('newest first'),
  responses: z.array(ResponseEntry).describe('newest first'),
})
export type DeviceSurvey = z.infer<typeof DeviceSurvey>
