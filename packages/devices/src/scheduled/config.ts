import { z } from 'zod'
import { createScheduledDevice, type ScheduledOptions } from './scheduled-device.ts'
import type { Device } from '../device.ts'

/** A device below a scheduling service, which has taken the events of its DCM over as schedules. */
export const ScheduledConfig = z.strictObject({
  kind: z.literal('scheduled'),
  url: z.url({ protocol: /^https$/ }).describe('origin of the scheduler'),
  name: z
    .union([z.string(), z.literal(false)])
    .optional()
    .describe('name in its certificate, else the host; false: any'),
  certs: z.string().describe('folder with key.pem, cert.pem and ca.pem to show the scheduler'),
  device: z.string().describe('name of the device there'),
  expected: z
    .enum(['pv', 'storage', 'pv-storage', 'ev', 'evse', 'load'])
    .default('storage')
    .describe('what it is taken for until the scheduler has said so'),
  maxW: z.number().positive().default(5000).describe('rating, until the scheduler has said it'),
  timeoutSeconds: z.number().positive().default(15),
})
export type ScheduledConfig = z.infer<typeof ScheduledConfig>

export function openScheduled(config: ScheduledConfig, now: ScheduledOptions['now']): Device {
  return createScheduledDevice({ ...config, now })
}
