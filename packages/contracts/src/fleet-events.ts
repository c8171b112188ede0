import { z } from 'zod'

const lfdi = z.string().regex(/^[0-9A-F]{40}$/)
const mRID = z.string().regex(/^[0-9A-F]{1,32}$/)
const at = z.int().describe('server time, seconds since 1970')

/** What a fleet tells about one of its devices, on each tick. */
export const FleetDevice = z.strictObject({
  event: z.literal('device'),
  lfdi,
  name: z.string(),
  kind: z.string().describe('pv, storage, load, …'),
  state: z
    .enum(['starting', 'unregistered', 'wrong-pin', 'idle', 'following', 'offline', 'faulty'])
    .describe('offline: the server does not answer; faulty: the device does not'),
  control: mRID.optional().describe('the event that the device follows now'),
  source: z.enum(['market', 'region']).optional().describe('who gave the local order that the device follows now'),
  order: mRID.optional().describe('the local order that the device follows now'),
  setpoint: z.record(z.string(), z.unknown()).describe('what the device shall do, in SI units and fractions'),
  watts: z.number().describe('positive delivers, negative receives'),
  vars: z.number(),
  volts: z.number(),
  soc: z.number().optional().describe('state of charge, 0 to 1'),
  at,
})

/** A response to an event that the server has accepted. */
export const FleetControl = z.strictObject({ event: z.literal('control'), mRID, lfdi, status: z.int(), at })

/** One line of a fleet's live feed. */
export const FleetEvent = z.discriminatedUnion('event', [FleetDevice, FleetControl])

export type FleetDevice = z.infer<typeof FleetDevice>
export type FleetControl = z.infer<typeof FleetControl>
export type FleetEvent = z.infer<typeof FleetEvent>
