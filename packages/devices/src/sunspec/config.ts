import { z } from 'zod'
import type { Device } from '../device.ts'
import { createSunspecDevice } from './sunspec-device.ts'

export const SunspecConfig = z.strictObject({
  kind: z.literal('sunspec'),
  host: z.string().describe('of the Modbus TCP device'),
  port: z.uint32().min(1).max(65_535).default(502),
  unit: z.uint32().max(255).default(1).describe('Modbus unit identifier'),
  device: z
    .enum(['pv', 'storage', 'pv-storage'])
    .default('pv')
    .describe('what it is taken for until it has answered for the first time'),
  revertSeconds: z
    .uint32()
    .min(10)
    .max(65_534)
    .default(120)
    .describe('silence after which it lets go of limits and set points'),
  safeLimitW: z
    .number()
    .nonnegative()
    .default(1500)
    .describe('generation is held at this after such a silence, or at the end if it cannot let go by itself'),
  safeSetW: z
    .number()
    .optional()
    .describe('power that is held after such a silence, where one was held before; absent: none, within the limit'),
  timeoutSeconds: z.number().positive().default(3).describe('without an answer it counts as unreachable'),
})
export type SunspecConfig = z.infer<typeof SunspecConfig>

export function openSunspec({ device, ...config }: SunspecConfig, now: () => number): Device {
  return createSunspecDevice({ ...config, expected: device, now })
}
