import { z } from 'zod'
import { Moment } from './common.ts'

const step = z.strictObject({
  start: Moment.describe('holds until the start of the next step'),
  watts: z.number().min(0).describe('what all flow reservations of the group may draw together'),
  dischargeWatts: z.number().min(0).optional().describe('what they may give back; as much as watts when absent'),
})

/** What a group can take up and give back over time; before the first step there is nothing. */
export const CapacityProfile = z
  .strictObject({ steps: z.array(step).min(1).max(1000) })
  .refine(({ steps }) => steps.every(({ start }, index) => index === 0 || (steps[index - 1]?.start ?? 0) < start), {
    message: 'steps must start one after the other',
    path: ['steps'],
  })

export type CapacityProfile = z.infer<typeof CapacityProfile>

export const FlowGrant = z.object({
  mRID: z.string(),
  created: z.int(),
  start: z.int(),
  duration: z.int(),
  energyWh: z.number(),
  powerW: z.number(),
  status: z.enum(['scheduled', 'active', 'cancelled', 'cancelled-randomly', 'superseded', 'completed']),
  since: z.int(),
  listed: z.boolean(),
})

export const DeviceReservation = z.object({
  mRID: z.string(),
  device: z.string().describe('number of the device'),
  lfdi: z.string(),
  description: z.string().optional(),
  created: z.int(),
  start: z.int().describe('of the window'),
  duration: z.int().describe('of the window'),
  durationRequested: z.int().optional(),
  energyWh: z.number().describe('positive charges'),
  powerW: z.number(),
  status: z.enum(['requested', 'withdrawn']),
  grants: z.array(FlowGrant),
})

export type DeviceReservation = z.infer<typeof DeviceReservation>
