import { z } from 'zod'

const seconds = z.int().nonnegative()

/** What the person behind a device asks for: an amount of energy at a power, within a window. */
export const FlowReservationAsk = z.strictObject({
  device: z.string().optional().describe('name or LFDI of the device; may be absent when there is only one'),
  energyWh: z
    .number()
    .refine((energy) => energy !== 0, 'must not be 0')
    .describe('above zero charges, below zero discharges'),
  powerW: z.number().positive().describe('sustained power'),
  start: seconds.optional().describe('begin of the window, seconds since 1970; now when absent'),
  windowSeconds: seconds.min(1).describe('length of the window'),
  overheadSeconds: seconds.default(0).describe('conditioning and ramps beside the transfer itself'),
})

/** A reservation as the device sees it. */
export const FlowReservation = z.strictObject({
  mRID: z.string().describe('of the request; grants name it as their subject'),
  device: z.string(),
  lfdi: z.string(),
  state: z.enum(['asking', 'requested', 'withdrawing', 'withdrawn', 'refused']),
  energyWh: z.number(),
  powerW: z.number(),
  start: seconds,
  windowSeconds: seconds,
  grants: z.array(
    z.strictObject({
      mRID: z.string(),
      state: z.string(),
      start: seconds,
      durationSeconds: seconds,
      powerW: z.number(),
      energyWh: z.number(),
    }),
  ),
})

export const FlowReservations = z.strictObject({ reservations: z.array(FlowReservation) })

/** An event that a device follows or will follow, as its own scheduler sees it. */
export const DeviceEvent = z.strictObject({
  mRID: z.string(),
  device: z.string(),
  lfdi: z.string(),
  state: z.string().describe('Scheduled, Active or OptedOut'),
  start: seconds.describe('effective start, after randomization'),
  end: seconds,
  controls: z
    .record(z.string(), z.unknown())
    .describe('the fields that the device can follow, as they are on the wire'),
})

export const DeviceEvents = z.strictObject({ events: z.array(DeviceEvent) })

/** Which device a choice is for; may be absent when there is only one. */
export const EventChoice = z.strictObject({ device: z.string().optional().describe('name or LFDI of the device') })

/** A device of a fleet as its control port lists it. */
export const FleetMember = z.strictObject({ name: z.string(), lfdi: z.string(), kind: z.string() })

/** A device as its DCM knows it: what it is, and what it does now; nothing of the latter while it does not answer. */
export const FleetMemberDetail = FleetMember.extend({
  maxW: z.number(),
  maxChargeW: z.number().optional(),
  maxDischargeW: z.number().optional(),
  capacityWh: z.number().optional(),
  now: z
    .strictObject({ at: seconds, watts: z.number().describe('positive delivers'), soc: z.number().optional() })
    .optional(),
})
export const FleetMembers = z.strictObject({ devices: z.array(FleetMember) })

export type FlowReservationAsk = z.infer<typeof FlowReservationAsk>
export type FlowReservation = z.infer<typeof FlowReservation>
export type DeviceEvent = z.infer<typeof DeviceEvent>
export type FleetMember = z.infer<typeof FleetMember>
export type FleetMemberDetail = z.infer<typeof FleetMemberDetail>

/** How the DCMs of a process take their server, and their devices, by the last word of the DTM. */
export const DevicePostures = z.object({
  devices: z.array(
    z.object({
      device: z.string(),
      lfdi: z.string(),
      server: z.enum(['follow', 'check', 'guard', 'local']),
      isOnDefault: z.boolean().describe('its device is distrusted and stays on the default control'),
    }),
  ),
})
export type DevicePostures = z.infer<typeof DevicePostures>
